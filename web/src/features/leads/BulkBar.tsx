import { Menu } from '@mantine/core';
import { useBulk } from '@/api/leads';
import { useClosers } from '@/api/closers';
import { Btn } from '@/ui/Btn';

/** What can be done to all that are chosen. */
export function BulkBar({ ids, clear }: { ids: string[]; clear: () => void }) {
  const closers = useClosers();
  const bulk = useBulk();
  const act = (action: 'owner' | 'call' | 'close' | 'suppress', closer_id?: string) => bulk.mutate({ ids, action, closer_id }, { onSuccess: clear });
  return (
    <div className="bulk" role="region" aria-label="Chosen leads">
      <b className="tnum">{ids.length} chosen</b>
      <Menu transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <Btn small>Owner</Btn>
        </Menu.Target>
        <Menu.Dropdown>
          {(closers.data ?? []).map((closer) => (
            <Menu.Item key={closer.id} onClick={() => act('owner', closer.id)}>
              {closer.name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => act('owner')}>Nobody</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Btn small onClick={() => act('call')}>
        Call now
      </Btn>
      <Btn small onClick={() => act('close')}>
        Close
      </Btn>
      <Menu transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <Btn small>Do not call</Btn>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>They are never called again, by nobody</Menu.Label>
          <Menu.Item color="red" onClick={() => act('suppress')}>
            Never call these {ids.length}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className="end" />
      {bulk.isError && (
        <span className="sm bad" role="alert">
          {bulk.error.message}
        </span>
      )}
      <Btn small tone="quiet" busy={bulk.isPending} onClick={clear}>
        Clear
      </Btn>
    </div>
  );
}
