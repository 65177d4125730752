/** The baton, passed from hand to hand. */
export function Mark() {
  return (
    <svg viewBox="0 0 28 28" fill="none" stroke="currentColor" strokeWidth="5" strokeLinecap="round" aria-hidden>
      <path d="M5.5 18.5l8-8" opacity=".45" />
      <path d="M14.5 17.5l8-8" />
    </svg>
  );
}
