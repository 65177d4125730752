import { Modal } from '@mantine/core';
import { goTo } from './useKeys';

const rows: [string[], string][] = [
  ...Object.entries(goTo).map(([key, place]): [string[], string] => [['g', key], place.name]),
  [['n'], 'New lead'],
  [['/'], 'Search'],
  [['Ctrl', 'K'], 'Search and commands'],
  [['h'], 'Hold, and back, in your call'],
  [['p'], 'Park'],
  [['t'], 'Transfer to a colleague'],
  [['m'], 'Mute'],
  [['k'], 'Keypad'],
  [['Space'], 'Play or pause, on a call'],
  [['J'], 'Next live call, when one is open on the wall'],
  [['K'], 'The live call before it'],
  [['Enter'], 'Accept what rings, on the desk'],
  [['D'], 'Decline it, with a reason'],
  [['Esc'], 'Close what is open'],
  [['?'], 'This list'],
];

export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="sm">
      <ul className="keys-list">
        {rows.map(([keys, name]) => (
          <li key={name} className="row">
            <span className="grow">{name}</span>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
