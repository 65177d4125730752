import { useLevel } from './level';

/** How loud a voice is, as a bar. */
export function Meter({ name, stream }: { name: string; stream: MediaStream | null }) {
  const bar = useLevel<HTMLSpanElement>(stream);
  return (
    <span className="meter-row">
      <span className="xs mut ell">{name}</span>
      <span className="lvl" ref={bar} aria-hidden>
        <i />
      </span>
    </span>
  );
}

/** The other side's voice; invisible. */
export function Voice({ stream, sink }: { stream: MediaStream | null; sink?: string | null }) {
  return (
    <audio
      autoPlay
      ref={(element) => {
        if (!element || element.srcObject === stream) return;
        element.srcObject = stream;
        if (sink && 'setSinkId' in element) void element.setSinkId(sink).catch(() => undefined);
      }}
    />
  );
}
