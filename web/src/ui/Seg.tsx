interface SegProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
  className?: string;
}

/** A few choices side by side, one of them taken. */
export function Seg({ label, value, options, onChange, className = '' }: SegProps) {
  return (
    <span className={`seg ${className}`} role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </span>
  );
}
