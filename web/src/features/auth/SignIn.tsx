import { PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from '@/api/client';
import { useLogin } from '@/api/session';
import { Btn } from '@/ui/Btn';

/** Name, password, and what is wrong with them; the name stays. */
export function SignIn({ name: known = '', children }: { name?: string; children?: ReactNode }) {
  const [name, setName] = useState(known);
  const [password, setPassword] = useState('');
  const login = useLogin();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate({ login: name.trim(), password });
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <TextInput label="Login" name="login" autoComplete="username" autoFocus={!known} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        autoFocus={!!known}
        data-autofocus={known ? true : undefined}
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
      {children}
    </form>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof Problem)) return 'The server does not answer. Is it running?';
  if (error.status === 401) return 'Login and password do not match. Nothing was changed; try again.';
  if (error.status === 429) return 'Too many attempts. Wait a minute, then try again.';
  return error.detail || error.title;
}
