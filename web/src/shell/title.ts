import { useEffect } from 'react';

/* The tab tells the page, and above it what rings: title and icon, for who looks at another tab. */

let page = 'Baton';
let ringing: string | null = null;

export const titleOf = (name: string, rings: string | null) => (rings ? `(1) ${rings}` : name);

function show(): void {
  document.title = titleOf(page, ringing);
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = ringing ? '/mark-ringing.svg' : '/mark.svg';
  if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
}

export function useTitle(name: string): void {
  useEffect(() => {
    page = name ? `${name} \u2013 Baton` : 'Baton';
    show();
  }, [name]);
}

/** Null: nothing rings. */
export function useRingingTitle(rings: string | null): void {
  useEffect(() => {
    ringing = rings;
    show();
    return () => {
      ringing = null;
      show();
    };
  }, [rings]);
}
