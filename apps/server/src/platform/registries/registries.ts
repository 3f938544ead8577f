/** What a thing is called on screens: as data, so that a module brings its words along. */
export interface Names {
  vi: string
  en: string
}

/** One declared thing of a registry. */
export interface Entry {
  /** Stands in rows and replies: a-z, 0-9 and _. */
  readonly code: string
  readonly names?: Names
}

/** A kind of thing modules declare, e.g. kinds of documents; the module that keeps it need not know them. */
export interface Registry<T extends Entry> {
  /** As said in the line that stops the boot: `kind of document`. */
  readonly what: string
  /** Are its entries shown, so that each needs a Vietnamese and an English name? */
  readonly named: boolean
  /** May several modules declare the same code? */
  readonly shared: boolean
  /** Must a module keep reference rows of it? */
  readonly kept: boolean
  /** Only the type; never read. */
  readonly entry?: T
}

export function defineRegistry<T extends Entry>(
  what: string,
  { named = true, shared = false, kept = true }: { named?: boolean; shared?: boolean; kept?: boolean } = {},
): Registry<T> {
  return { what, named, shared, kept }
}

/** One entry for one registry; made by {@link declare}. */
export interface Declaration {
  readonly registry: Registry<Entry>
  readonly entry: Entry
}

/** What a module writes into its `declares`. */
export function declare<T extends Entry>(registry: Registry<T>, ...entries: readonly T[]): Declaration[] {
  return entries.map((entry) => ({ registry: registry as Registry<Entry>, entry }))
}

/** A connection as the owner of the tables, in one transaction, while no other process keeps rows. */
export interface OwnerConnection {
  query(text: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** How the module that keeps a registry writes its reference rows at each start. */
export interface Keeping {
  readonly registry: Registry<Entry>
  keep(owner: OwnerConnection, entries: readonly Owned<Entry>[]): Promise<void>
}

/** What a module writes into its `keeps`. */
export function keepRows<T extends Entry>(
  registry: Registry<T>,
  keep: (owner: OwnerConnection, entries: readonly Owned<T>[]) => Promise<void>,
): Keeping {
  return { registry: registry as Registry<Entry>, keep: keep as Keeping['keep'] }
}

/** An entry with the module that declared it. */
export type Owned<T extends Entry> = T & { readonly owner: string }

/** Anything that declares or keeps: a module. */
export interface Declaring {
  readonly name: string
  readonly declares?: readonly Declaration[]
  readonly keeps?: readonly Keeping[]
}

/** What all modules of one server declared. Checked once, when it is made: a wrong declaration stops the boot. */
export class Registries {
  readonly keepings: readonly Keeping[]
  readonly #entries = new Map<Registry<Entry>, Owned<Entry>[]>()

  constructor(modules: readonly Declaring[]) {
    this.keepings = modules.flatMap((module) => module.keeps ?? [])
    for (const { name, declares = [] } of modules) {
      for (const { registry, entry } of declares) this.#add(registry, { ...entry, owner: name })
    }
  }

  /** Everything declared for a registry, in the order of the modules. */
  of<T extends Entry>(registry: Registry<T>): readonly Owned<T>[] {
    return (this.#entries.get(registry as Registry<Entry>) ?? []) as Owned<T>[]
  }

  find<T extends Entry>(registry: Registry<T>, code: string): Owned<T> | undefined {
    return this.of(registry).find((entry) => entry.code === code)
  }

  /** For whoever writes a code into a row: a code nobody declared is a mistake of the program, not of a person. */
  require<T extends Entry>(registry: Registry<T>, code: string): Owned<T> {
    const found = this.find(registry, code)
    if (!found) throw new Error(`${registry.what} "${code}" is declared by no module`)
    return found
  }

  #add(registry: Registry<Entry>, entry: Owned<Entry>): void {
    const known = this.#entries.get(registry) ?? []
    const refuse = (why: string): never => {
      throw new Error(`${registry.what} "${entry.code}" of module ${entry.owner} ${why}`)
    }
    if (!/^[a-z][a-z0-9_]*$/.test(entry.code)) refuse('must be a code of a-z, 0-9 and _')
    if (registry.named && !(entry.names?.vi.trim() && entry.names.en.trim()))
      refuse('has no name in Vietnamese and English')
    if (registry.kept && !this.keepings.some((one) => one.registry === registry))
      refuse('is declared for a registry no module keeps')
    const twice = known.find((one) => one.code === entry.code && (!registry.shared || one.owner === entry.owner))
    if (twice) refuse(`is declared already, by ${twice.owner}`)
    this.#entries.set(registry, [...known, entry])
  }
}
