import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { sessionKey, type Session } from '@/api/session';
import { Btn } from '@/ui/Btn';
import { SignIn } from './SignIn';
import './login.css';

const none = () => undefined;

/** Asked on top of the page, which stays as it is with everything that was typed into it. */
export function SessionEnded({ me }: { me: Session }) {
  const client = useQueryClient();
  return (
    <Modal opened={me.expired} onClose={none} title="Your session has ended" withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} zIndex={400} size="sm">
      <p className="sub ended-why">Sign in and go on where you were. What you typed is still there.</p>
      <SignIn name={me.login}>
        <Btn type="button" tone="quiet" small onClick={() => client.setQueryData(sessionKey, null)}>
          Leave the page instead
        </Btn>
      </SignIn>
    </Modal>
  );
}
