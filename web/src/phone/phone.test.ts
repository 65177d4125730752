// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { loudness } from './level';
import { faultOf, MicProblem, openMicrophone } from './microphone';

const tone = (peak: number) => Float32Array.from({ length: 1000 }, (_, at) => peak * Math.sin(at));

describe('loudness', () => {
  it('is nothing in silence, a little for quiet speech, nearly all at full scale', () => {
    expect(loudness(new Float32Array(1000))).toBe(0);
    expect(loudness(tone(0.01))).toBeGreaterThan(0.2);
    expect(loudness(tone(0.01))).toBeLessThan(0.5);
    expect(loudness(tone(1))).toBeGreaterThan(0.9);
    expect(loudness([])).toBe(0);
  });
});

describe('the microphone', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['OverconstrainedError', 'absent'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'unknown'],
  ])('%s means %s', (name, fault) => {
    expect(faultOf(new DOMException('', name))).toBe(fault);
  });

  it('is not even asked for on a page that is not secure', async () => {
    const before = Object.getOwnPropertyDescriptor(window, 'isSecureContext');
    Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
    await expect(openMicrophone()).rejects.toEqual(new MicProblem('insecure'));
    if (before) Object.defineProperty(window, 'isSecureContext', before);
  });
});
