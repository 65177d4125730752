import { Modal } from '@mantine/core';
import { useTelephone } from '@/api/closers';
import type { LiveCloser } from '@/api/wallModel';
import { Btn } from '@/ui/Btn';
import { Failure, Loading } from '@/ui/states';

/** What goes into a SIP telephone, once: the password is not kept. */
export function Telephone({ closer, onClose }: { closer: LiveCloser; onClose: () => void }) {
  const made = useTelephone();
  return (
    <Modal opened onClose={onClose} title={`SIP telephone of ${closer.name}`} size="md">
      {made.isIdle && (
        <>
          <p className="sub">
            Makes a name and a password with which a desk telephone or a softphone registers with Baton. Hot leads ring there from then on; an earlier name and password
            end.
          </p>
          <div className="row telephone-do">
            <Btn tone="pri" onClick={() => made.mutate(closer.id)}>
              Make name and password
            </Btn>
          </div>
        </>
      )}
      {made.isPending && <Loading lines={3} />}
      {made.isError && <Failure what="telephone" error={made.error} retry={() => made.mutate(closer.id)} />}
      {made.data && (
        <>
          <dl className="telephone">
            <dt>Server</dt>
            <dd>{made.data.server}</dd>
            <dt>User</dt>
            <dd>{made.data.user}</dd>
            <dt>Password</dt>
            <dd>{made.data.password}</dd>
          </dl>
          <p className="sub">Shown this once. {closer.name} is away until the telephone has registered.</p>
        </>
      )}
    </Modal>
  );
}
