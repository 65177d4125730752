import { useTitle } from '@/shell/title';
import { Mark } from '@/ui/Mark';
import { SignIn } from './SignIn';
import './login.css';

export function Login() {
  useTitle('Sign in');
  return (
    <main className="login" id="main">
      <section className="card login-card">
        <div className="login-mark">
          <Mark />
          <h1>Baton</h1>
        </div>
        <p className="sub">The AI talks to every lead. Humans talk only to buyers.</p>
        <SignIn>
          <p className="xs mut">
            First run? The program printed the password of <b>admin</b> once, when it started for the first time.
          </p>
        </SignIn>
      </section>
    </main>
  );
}
