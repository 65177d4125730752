import type { CallView } from '@/api/callModel';
import { buckets } from '@/ui/BucketBadge';
import { sentence } from '@/ui/format';
import { Card, Check } from '@/ui/parts';
import { bucketClass } from '@/ui/Ring';

const went: Record<string, string> = {
  handoff: 'went to a closer',
  callback: 'gets a callback',
  reengage: 'is called again later',
  nurture: 'is left in peace',
  suppress: 'is never called again',
};

/** Why the call went where it went, line by line. */
export function RouteCard({ call }: { call: CallView }) {
  if (!call.route) return null;
  const first = call.name.split(' ')[0];
  return (
    <Card title={`Why ${first} ${went[call.route.action] ?? 'needs no next step'}`}>
      <div className="padx">
        {call.score !== null && <Thresholds call={call} score={call.score} />}
        {call.route.reasons.map((reason) => (
          <Check key={reason}>{sentence(reason)}</Check>
        ))}
      </div>
    </Card>
  );
}

function Thresholds({ call, score }: { call: CallView; score: number }) {
  const { warm_low, warm_high, hot } = call.thresholds;
  const edges = [0, warm_low, warm_high, hot, 100];
  const rising = [...buckets].reverse();
  return (
    <div className="thr" role="img" aria-label={`${score} on a scale with hot from ${hot}, warm-high from ${warm_high}, warm-low from ${warm_low}`}>
      <div className="thr-b">
        {rising.map((bucket, at) => (
          <i
            key={bucket}
            className={`${bucketClass(bucket)} ${bucket === call.bucket ? 'on' : ''}`}
            style={{ width: `${(edges[at + 1] ?? 100) - (edges[at] ?? 0)}%` }}
          />
        ))}
        <u style={{ left: `${score}%` }} />
      </div>
      <div className="thr-l">
        {[warm_low, warm_high, hot]
          .filter((edge) => Math.abs(edge - score) > 5)
          .map((edge) => (
            <span key={edge} style={{ left: `${edge}%` }}>
              {edge}
            </span>
          ))}
        <b style={{ left: `${score}%` }}>{score}</b>
      </div>
    </div>
  );
}
