import { stages, stageIndex, stageWord } from './stage';

/** Six steps of a call; those done are pale, the present one is full. */
export function StageBar({ stage }: { stage: string }) {
  const now = stageIndex(stage);
  return (
    <div className="stage" role="img" aria-label={`Stage ${stageWord(stage)}, step ${now + 1} of ${stages.length}`}>
      {stages.map((name, at) => (
        <i key={name} className={at < now ? 'd' : at === now ? 'c' : ''} />
      ))}
    </div>
  );
}
