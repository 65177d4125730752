import { dashes, ringArcs, ringLabel, type Arc, type ScorePart } from './ring';

interface RingProps {
  score: number | null;
  parts: ScorePart[];
  bucket?: string | null;
  size?: number;
  /** Letters N T B A around the ring; they need 140 px. */
  letters?: boolean;
}

export function Ring({ score, parts, bucket, size = 56, letters = false }: RingProps) {
  const arcs = ringArcs(parts);
  return (
    <svg
      className={`ringsvg ${bucketClass(bucket)}`}
      width={size}
      height={size}
      viewBox={letters ? '-12 -12 144 144' : '0 0 120 120'}
      role="img"
      aria-label={ringLabel(score, parts)}
    >
      <g transform="rotate(-90 60 60)">
        {arcs.map((arc) => (
          <ArcStroke key={arc.part.dimension} arc={arc} />
        ))}
      </g>
      <text x="60" y="74" fontSize="38">
        {score ?? ''}
      </text>
      {letters &&
        arcs.map(({ part, letter }) => (
          <text key={part.dimension} className="l" x={letter.x} y={letter.y} fontSize="11">
            {letter.text}
          </text>
        ))}
    </svg>
  );
}

function ArcStroke({ arc }: { arc: Arc }) {
  const base = { cx: 60, cy: 60, r: 50, pathLength: 100, strokeWidth: 11, strokeDashoffset: -arc.start };
  const kind = { open: 't', unknown: 'u', zero: 'z', filled: 't' }[arc.kind];
  return (
    <>
      <circle className={kind} {...base} strokeDasharray={dashes(arc.length, arc.kind === 'unknown')} />
      {arc.fill > 0 && <circle className="f" {...base} strokeDasharray={dashes(arc.fill, false)} />}
    </>
  );
}

/** The four bucket colours hang on these classes; an unknown bucket is neutral. */
export function bucketClass(bucket?: string | null): string {
  return bucket ? `b-${bucket.replace('_', '-')}` : '';
}
