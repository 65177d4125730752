import { Loader, UnstyledButton } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'react-router';

type Tone = 'plain' | 'pri' | 'quiet' | 'end-call';

interface Look {
  tone?: Tone;
  small?: boolean;
  icon?: ReactNode;
  children?: ReactNode;
  className?: string;
}

const classes = ({ tone = 'plain', small, children, className = '' }: Look) =>
  ['btn', tone === 'plain' ? '' : tone, small ? 's' : '', children ? '' : 'ic', className].filter(Boolean).join(' ');

type BtnProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean };

/** While busy it keeps its width and says so at once; a second press does nothing. */
export function Btn({ tone, small, icon, busy, children, className, ...rest }: BtnProps) {
  return (
    <UnstyledButton {...rest} disabled={rest.disabled || busy} aria-busy={busy || undefined} className={classes({ tone, small, children, className })}>
      {busy ? <Loader size={16} color="currentColor" /> : icon}
      {children}
    </UnstyledButton>
  );
}

export function LinkBtn({ to, tone, small, icon, children, className }: Look & { to: string }) {
  return (
    <Link to={to} className={classes({ tone, small, children, className })}>
      {icon}
      {children}
    </Link>
  );
}
