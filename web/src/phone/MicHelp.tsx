import { IconMicrophoneOff } from '@tabler/icons-react';
import { Btn } from '@/ui/Btn';
import type { MicFault } from './microphone';

/** What is wrong with the microphone and how to put it right, in this order. */
export function MicHelp({ fault, retry }: { fault: MicFault; retry: () => void }) {
  const { title, steps } = help(fault);
  return (
    <div className="mic-help" role="alert">
      <h2 className="row">
        <IconMicrophoneOff size={20} stroke={1.75} aria-hidden />
        {title}
      </h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Btn onClick={retry}>Try again</Btn>
    </div>
  );
}

function help(fault: MicFault): { title: string; steps: string[] } {
  switch (fault) {
    case 'insecure':
      return {
        title: 'Browsers give the microphone to secure pages only',
        steps: [
          `On the machine that runs Baton, open http://localhost:${location.port || '80'} instead of ${location.host}: that counts as secure.`,
          'From another machine: put a TLS proxy in front and open the page by https. docs/configuration.md shows how.',
        ],
      };
    case 'denied':
      return {
        title: 'The microphone is blocked for this page',
        steps: ['Click the icon at the left end of the address bar and allow the microphone.', 'If it is allowed there: let the browser use it in the privacy settings of this computer.'],
      };
    case 'absent':
      return { title: 'No microphone was found', steps: ['Plug in a headset, or switch the built-in microphone on in the sound settings of this computer.'] };
    case 'busy':
      return { title: 'Another program holds the microphone', steps: ['Close other calls and recorders, in other tabs as well.', 'If that does not help, unplug the headset and plug it in again.'] };
    case 'unsupported':
      return { title: 'This browser cannot make calls', steps: ['Open the page in a current Chrome, Edge, Firefox or Safari.'] };
    case 'unknown':
      return { title: 'The microphone could not be opened', steps: ['Look whether other programs can hear it, then try again.'] };
  }
}
