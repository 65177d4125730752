import { expect, test } from 'vitest';
import { beepLine, messageLine, whoWord } from './who';

test('who answered is said in words', () => {
  expect(whoWord('human')).toBe('A person');
  expect(whoWord('sit')).toBe('The network');
});

test('tones are named once each, and their absence is said', () => {
  expect(beepLine([])).toBe('No tones');
  expect(beepLine(['beep', 'beep'])).toBe('A beep');
  expect(beepLine(['sit_final', 'busy'])).toBe('The network\u2019s three tones and a busy tone');
});

test('what became of the message', () => {
  expect(messageLine('delivered')).toBe('The message was left, once');
});
