import { IconFlame, IconSnowflake, IconSun, IconSunrise } from '@tabler/icons-react';
import { bucketClass } from './Ring';

const looks = {
  hot: { word: 'Hot', Icon: IconFlame },
  warm_high: { word: 'Warm-high', Icon: IconSun },
  warm_low: { word: 'Warm-low', Icon: IconSunrise },
  cold: { word: 'Cold', Icon: IconSnowflake },
} as const;

export type Bucket = keyof typeof looks;

export const isBucket = (value?: string | null): value is Bucket => !!value && value in looks;
export const bucketWord = (value?: string | null) => (isBucket(value) ? looks[value].word : 'No score');
export const buckets = Object.keys(looks) as Bucket[];

/** Nobody is called cold for not having talked: without a point there is no verdict. */
export const verdictOf = ({ score, bucket }: { score?: number | null; bucket?: string | null }) => ((score ?? 0) > 0 ? (bucket ?? null) : null);

/** A verdict, with colour, icon and word. */
export function BucketBadge({ bucket, suffix = '' }: { bucket?: string | null; suffix?: string }) {
  if (!isBucket(bucket)) return null;
  const { word, Icon } = looks[bucket];
  return (
    <span className={`badge ${bucketClass(bucket)}`}>
      <Icon size={16} stroke={2} aria-hidden />
      {word}
      {suffix}
    </span>
  );
}

/** What may be said while questions are open: never a verdict, and below 40 only what is still in reach. */
export function LiveBadge({ score, possible, bucket }: { score: number | null; possible: number | null; bucket?: string | null }) {
  if (score === null) return null;
  if (score >= 40) return <BucketBadge bucket={bucket} suffix={possible !== null && possible > score ? ' so far' : ''} />;
  if (possible === null || possible <= score) return null;
  return <span className="badge plain">can reach {possible}</span>;
}
