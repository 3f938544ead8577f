import { Button, Notice, Row, Stack, TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { FileButton } from './file-button.tsx'
import css from './signatures.module.css'

interface Props {
  offersTrials: boolean
  onAdded: () => Promise<unknown>
}

/** The file that a certificate authority handed out, or a key for trials where the installation is one. */
export function AddKey({ offersTrials, onAdded }: Props) {
  const [file, setFile] = useState<File | 'trial' | null>(null)
  if (file) return <Passphrase file={file} onAdded={onAdded} onCancel={() => setFile(null)} />
  return (
    <Stack>
      <Notice tone="info" still>
        {t('signatures.key.none')}
      </Notice>
      <p>{t('signatures.key.howTo')}</p>
      <Row>
        <FileButton label={t('signatures.key.choose')} accept=".p12,.pfx,application/x-pkcs12" onFile={setFile} />
        {offersTrials && <Button onClick={() => setFile('trial')}>{t('signatures.key.makeTrial')}</Button>}
      </Row>
    </Stack>
  )
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function useAdding(file: File | 'trial', onAdded: Props['onAdded']) {
  const adding = useSend('signatures.addKey', { after: onAdded })
  const making = useSend('signatures.addTrialKey', { after: onAdded })
  const [id] = useState(newId)
  const send = async (passphrase: string, filePassphrase: string): Promise<void> => {
    if (file === 'trial') await making.run({ body: { id, passphrase } })
    else await adding.run({ body: { id, passphrase, filePassphrase, file: await base64Of(file) } })
  }
  return { send, busy: adding.busy || making.busy, problem: adding.problem ?? making.problem }
}

/** As the server wants it of what seals a key. */
const shortestPassphrase = 8

function Passphrase({
  file,
  onAdded,
  onCancel,
}: { file: File | 'trial'; onCancel: () => void } & Pick<Props, 'onAdded'>) {
  const { send, busy, problem } = useAdding(file, onAdded)
  const [passphrase, setPassphrase] = useState('')
  const [filePassphrase, setFilePassphrase] = useState('')
  const isWhole = passphrase.length >= shortestPassphrase && (file === 'trial' || filePassphrase !== '')
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void send(passphrase, filePassphrase)
      }}
    >
      {file !== 'trial' && (
        <>
          <p>{file.name}</p>
          <TextField
            label={t('signatures.key.filePassphrase')}
            hint={t('signatures.key.filePassphraseHint')}
            type="password"
            autoComplete="off"
            value={filePassphrase}
            onText={setFilePassphrase}
          />
        </>
      )}
      <TextField
        label={t('signatures.key.newPassphrase')}
        hint={t('signatures.key.newPassphraseHint')}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        onText={setPassphrase}
      />
      <ProblemNotice error={problem} />
      <Row>
        <Button look="quiet" onClick={onCancel}>
          {t('do.cancel')}
        </Button>
        <Button look="primary" icon="check" type="submit" busy={busy} disabled={!isWhole}>
          {t('signatures.key.keep')}
        </Button>
      </Row>
    </form>
  )
}
