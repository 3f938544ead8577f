/** Where one LiveKit server of this machine listens; each server has ports of its own. */
export interface LivekitPorts {
  /** Signalling and the room service. */
  readonly http: number
  /** Media over TCP, for whom UDP does not pass; 0 leaves none. */
  readonly tcp: number
  /** All media over UDP; 0 leaves only TCP. */
  readonly udp: number
  /** The server's own TURN, which answers STUN too. */
  readonly turn: number
}

/** TURN over TLS, where nothing else passes. LiveKit tells browsers port 443 of the name, wherever it listens. */
export interface TurnOverTls {
  readonly domain: string
  readonly port: number
  readonly certFile: string
  readonly keyFile: string
}

export interface LivekitOptions {
  readonly ports: LivekitPorts
  readonly apiKey: string
  readonly apiSecret: string
  /** Where this server tells who came and went. */
  readonly eventsUrl?: string | undefined
  readonly turnOverTls?: TurnOverTls | undefined
  /** Several servers on one Redis know each other's rooms. */
  readonly redis?: string
  /** Of several: a room lives on the server that was asked to make it. */
  readonly node?: string
}

const HOST = '127.0.0.1'

/** The settings of a LiveKit server for this machine's own browsers, as the program reads them (JSON is YAML). */
export function livekitConfig(options: LivekitOptions): string {
  const { ports, apiKey, apiSecret, eventsUrl, turnOverTls, redis, node } = options
  return JSON.stringify({
    port: ports.http,
    bind_addresses: [HOST],
    keys: { [apiKey]: apiSecret },
    logging: { level: 'error' },
    rtc: {
      node_ip: HOST,
      // listened to where it is announced, and nowhere else: what its TURN passes on goes there
      enable_loopback_candidate: true,
      ips: { includes: [`${HOST}/32`] },
      use_external_ip: false,
      tcp_port: ports.tcp,
      ...(ports.udp > 0 ? { udp_port: ports.udp } : { force_tcp: true }),
      // its defaults send browsers to STUN servers of others
      stun_servers: [`${HOST}:${ports.turn}`],
    },
    turn: { enabled: true, udp_port: ports.turn, bind_addresses: [HOST], ...(turnOverTls && overTls(turnOverTls)) },
    // a token alone makes no room: the house makes it right before
    room: { auto_create: false },
    ...(eventsUrl !== undefined && { webhook: { api_key: apiKey, urls: [eventsUrl] } }),
    ...(redis !== undefined && { redis: { address: redis } }),
    ...(node !== undefined && { region: node, node_selector: nearest(node) }),
  })
}

function overTls({ domain, port, certFile, keyFile }: TurnOverTls) {
  return { domain, tls_port: port, cert_file: certFile, key_file: keyFile }
}

/** The selector knows the distance to its own region alone and takes the nearest: a room lives where it was made. */
function nearest(node: string) {
  return { kind: 'regionaware', sort_by: 'sysload', sysload_limit: 100, regions: [{ name: node, lat: 0, lon: 0 }] }
}
