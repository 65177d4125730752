import { useCallback, useEffect, useRef, useState } from 'react';
import { keepDraft, type Draft, type WrapUpForm } from '@/api/wrapUp';
import { beginning, keepOnDevice, unsavedDraft } from './draft';

const PAUSE_MS = 700;
const RETRY_MS = 5000;

export interface Typing {
  draft: Draft;
  change: (part: Draft) => void;
  /** When the server last took it; null: not yet since the page is open. */
  savedAt: number | null;
  /** It is on this device only, and tried again. */
  waiting: boolean;
  /** It was handed in: nothing is left to keep. */
  done: () => void;
}

/** What is typed is kept on this device at once and on the server with every pause, so that neither a reload nor a lost session loses a word. */
export function useDraft(form: WrapUpForm): Typing {
  const [draft, setDraft] = useState(() => beginning(form, unsavedDraft(form.id)));
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [waiting, setWaiting] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(draft);

  const save = useCallback(async () => {
    const sent = newest.current;
    try {
      await keepDraft(form.id, sent);
      setSavedAt(Date.now());
      setWaiting(false);
      if (sent === newest.current) keepOnDevice(form.id, null);
    } catch {
      setWaiting(true);
      timer.current = setTimeout(() => void save(), RETRY_MS);
    }
  }, [form.id]);

  useEffect(() => {
    if (unsavedDraft(form.id)) void save();
    return () => clearTimeout(timer.current);
  }, [form.id, save]);

  const change = useCallback(
    (part: Draft) => {
      newest.current = { ...newest.current, ...part };
      setDraft(newest.current);
      keepOnDevice(form.id, newest.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    [form.id, save],
  );

  const done = useCallback(() => {
    clearTimeout(timer.current);
    keepOnDevice(form.id, null);
  }, [form.id]);

  return { draft, change, savedAt, waiting, done };
}
