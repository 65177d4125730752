import { Link } from 'react-router';
import { useWrapUpForm, type Unwrapped, type WrapUpForm } from '@/api/wrapUp';
import type { LiveCloser } from '@/api/wallModel';
import { duration } from '@/ui/format';
import { Card } from '@/ui/parts';
import { Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { Notes } from './Notes';
import { useDraft } from './useDraft';
import { WrapUp } from './WrapUp';
import './incall.css';

/** The talk is over: what came of it, while the time for it runs. When it has run out the closer is available again and the form stays. */
export function AfterCall({ talk, closer }: { talk: Unwrapped; closer?: LiveCloser }) {
  const form = useWrapUpForm(talk.id);
  if (form.isPending) return <Loading />;
  if (!form.data) return <Failure what="wrap-up" error={form.error} retry={() => void form.refetch()} />;
  return <Form key={form.data.id} form={form.data} closer={closer} />;
}

function Form({ form, closer }: { form: WrapUpForm; closer?: LiveCloser }) {
  const typing = useDraft(form);
  return (
    <div className="col after">
      <Card className="p-wrap" title={`Wrap-up: ${form.name}${form.company ? `, ${form.company}` : ''}`} end={<Left form={form} closer={closer} />}>
        <WrapUp form={form} typing={typing} open />
      </Card>
      <Notes typing={typing} rows={4} />
      <p className="sm padless">
        <Link to={`/calls/${form.call_id}`}>Transcript and answers of the call</Link>
      </p>
    </div>
  );
}

function Left({ form, closer }: { form: WrapUpForm; closer?: LiveCloser }) {
  const now = useNow();
  const left = (form.wrap_up_until ?? 0) - now;
  if (closer?.presence !== 'wrap_up' || left <= 0) return <>You are available again; this can wait until you have time</>;
  return (
    <>
      <b className="ink tnum">{duration(left)}</b> until you are available again
    </>
  );
}
