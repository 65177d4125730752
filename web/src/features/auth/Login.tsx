import { PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Problem } from '@/api/client';
import { useLogin } from '@/api/session';
import { Btn } from '@/ui/Btn';
import { Mark } from '@/ui/Mark';
import './login.css';

export function Login() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const login = useLogin();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate({ login: name.trim(), password });
  };
  return (
    <main className="login" id="main">
      <form className="card login-card" onSubmit={submit}>
        <div className="login-mark">
          <Mark />
          <h1>Baton</h1>
        </div>
        <p className="sub">The AI talks to every lead. Humans talk only to buyers.</p>
        <TextInput label="Login" name="login" autoComplete="username" autoFocus required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {login.isError && (
          <p className="note warn" role="alert">
            {explain(login.error)}
          </p>
        )}
        <Btn type="submit" tone="pri" busy={login.isPending}>
          Sign in
        </Btn>
        <p className="xs mut">
          First run? The program printed the password of <b>admin</b> once, when it started for the first time.
        </p>
      </form>
    </main>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof Problem)) return 'The server does not answer. Is it running?';
  if (error.status === 401) return 'Login and password do not match. Nothing was changed; try again.';
  if (error.status === 429) return 'Too many attempts. Wait a minute, then try again.';
  return error.detail || error.title;
}
