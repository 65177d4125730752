import { bucketClass } from '@/ui/Ring';

/** A score of a talk that is over, small, in the colour of its bucket. */
export function Score({ value, bucket }: { value: number | null; bucket: string | null }) {
  return (
    <span className={`scb ${bucketClass(bucket)}`} role="img" aria-label={value === null ? 'No score' : `Score ${value}`}>
      {value ?? '\u2013'}
    </span>
  );
}
