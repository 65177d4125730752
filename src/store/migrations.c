/* migrations.c - the schema as an append-only list. Never edit an entry that was released: append.
 *
 * The types are those that SQLite and PostgreSQL share: TEXT, BIGINT (UTC milliseconds, counters), INTEGER, and JSON as TEXT.
 * Every table's life: who writes it is named above it. */
#include "store/store_priv.h"

#include "base/banned.h"

const struct store_migration store_migrations[] = {
    {1, "leads, calls, humans, events",
     /* lead/: one row a person and number */
     "CREATE TABLE lead (id TEXT PRIMARY KEY, phone TEXT NOT NULL, first_name TEXT, last_name TEXT, company TEXT, title TEXT,"
     " email TEXT, source TEXT NOT NULL, product TEXT, region TEXT, segment TEXT, partner TEXT, message TEXT, external_id TEXT,"
     " owner_closer_id TEXT, zones TEXT NOT NULL," /* JSON array of candidate IANA zones */
     " state TEXT NOT NULL," /* new deferred calling talking handoff human callback reengage nurture unreachable suppressed refused closed */
     " score INTEGER, bucket TEXT, summary TEXT, last_call_id TEXT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);"
     "CREATE INDEX lead_phone ON lead(phone, created_at);"
     "CREATE INDEX lead_created ON lead(created_at);"
     "CREATE INDEX lead_state ON lead(state, updated_at);"
     /* lead/: every intake, also those that joined an existing lead */
     "CREATE TABLE submission (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL REFERENCES lead(id), channel TEXT NOT NULL," /* api hook:ID import inbound_call */
     " joined INTEGER NOT NULL, body TEXT NOT NULL, created_at BIGINT NOT NULL);"
     "CREATE INDEX submission_lead ON submission(lead_id);"
     "CREATE TABLE idempotency (scope TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL,"
     " response TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (scope, key));"
     "CREATE TABLE consent (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL REFERENCES lead(id), phone TEXT NOT NULL, kind TEXT NOT NULL,"
     " source TEXT, text TEXT, ip TEXT, user_agent TEXT, url TEXT, given_at BIGINT NOT NULL, revoked_at BIGINT, revoked_by TEXT);"
     "CREATE INDEX consent_phone ON consent(phone);"
     "CREATE TABLE suppression (phone TEXT PRIMARY KEY, reason TEXT NOT NULL, call_id TEXT, evidence TEXT, created_at BIGINT NOT NULL);"
     /* lead/: the ledger of attempts. state: due leased dialing talking done refused deferred cancelled */
     "CREATE TABLE attempt (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL REFERENCES lead(id), kind TEXT NOT NULL," /* first retry callback reengage inbound */
     " number INTEGER NOT NULL, due_at BIGINT NOT NULL, lease_until BIGINT, node TEXT, state TEXT NOT NULL, outcome TEXT,"
     " refusal TEXT, gate TEXT, next_allowed_at BIGINT, call_id TEXT, recovered INTEGER NOT NULL DEFAULT 0,"
     " created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);"
     "CREATE INDEX attempt_due ON attempt(state, due_at);"
     "CREATE INDEX attempt_lead ON attempt(lead_id, created_at);"
     /* call/: state: dialing ringing talking handoff bridged ended */
     "CREATE TABLE call (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL REFERENCES lead(id), attempt_id TEXT, direction TEXT NOT NULL,"
     " phone TEXT NOT NULL, scenario_id TEXT NOT NULL, scenario_version INTEGER NOT NULL, state TEXT NOT NULL, stage TEXT,"
     " started_at BIGINT NOT NULL, ringing_at BIGINT, answered_at BIGINT, ended_at BIGINT, ended_by TEXT, sip_outcome TEXT,"
     " sip_code INTEGER, sip_call_id TEXT, outcome TEXT, score INTEGER, possible INTEGER, bucket TEXT, summary TEXT, brief TEXT,"
     " result TEXT, route TEXT, recording TEXT, recording_ms BIGINT, first_audio_ms INTEGER, disposition TEXT);"
     "CREATE INDEX call_lead ON call(lead_id, started_at);"
     "CREATE INDEX call_started ON call(started_at);"
     "CREATE INDEX call_state ON call(state);"
     /* call/: at_ms and end_ms count from the start of the recording. ledger: JSON of microsecond offsets, see docs/latency.md */
     "CREATE TABLE turn (call_id TEXT NOT NULL REFERENCES call(id), seq INTEGER NOT NULL, speaker TEXT NOT NULL," /* prospect ai closer */
     " topic TEXT, text TEXT NOT NULL, at_ms BIGINT NOT NULL, end_ms BIGINT NOT NULL, heard_ms INTEGER, interrupted INTEGER NOT NULL DEFAULT 0,"
     " ledger TEXT, PRIMARY KEY (call_id, seq));"
     "CREATE TABLE answer (id TEXT PRIMARY KEY, call_id TEXT NOT NULL REFERENCES call(id), lead_id TEXT NOT NULL, question_id TEXT NOT NULL,"
     " dimension TEXT NOT NULL, status TEXT NOT NULL, value TEXT, points INTEGER NOT NULL, max INTEGER NOT NULL, evidence TEXT,"
     " turn_seq INTEGER, replaced INTEGER NOT NULL DEFAULT 0, at BIGINT NOT NULL);"
     "CREATE INDEX answer_call ON answer(call_id);"
     "CREATE TABLE objection (call_id TEXT NOT NULL REFERENCES call(id), kind TEXT NOT NULL, objection_id TEXT NOT NULL, evidence TEXT NOT NULL,"
     " turn_seq INTEGER, at BIGINT NOT NULL);" /* kind: objection intent faq competitor open_question */
     "CREATE INDEX objection_call ON objection(call_id);"
     /* desk/: presence: available reserved ringing in_call wrap_up away offline */
     "CREATE TABLE closer (id TEXT PRIMARY KEY, name TEXT NOT NULL, sip_uri TEXT NOT NULL, team TEXT NOT NULL, skills TEXT NOT NULL,"
     " presence TEXT NOT NULL, presence_reason TEXT, presence_since BIGINT NOT NULL, idle_since BIGINT NOT NULL,"
     " accept TEXT NOT NULL DEFAULT 'key', user_id TEXT, current_call_id TEXT, archived INTEGER NOT NULL DEFAULT 0);" /* accept: key | answer */
     "CREATE TABLE handoff (id TEXT PRIMARY KEY, call_id TEXT NOT NULL REFERENCES call(id), lead_id TEXT NOT NULL, state TEXT NOT NULL,"
     " team TEXT NOT NULL, closer_id TEXT, requested_at BIGINT NOT NULL, accepted_at BIGINT, bridged_at BIGINT, confirmed_at BIGINT, ended_at BIGINT,"
     " time_to_human_ms INTEGER, outcome TEXT, wrap_up TEXT);"
     "CREATE INDEX handoff_call ON handoff(call_id);"
     "CREATE TABLE offer (id TEXT PRIMARY KEY, handoff_id TEXT NOT NULL REFERENCES handoff(id), closer_id TEXT NOT NULL, step INTEGER NOT NULL,"
     " state TEXT NOT NULL, reason TEXT, offered_at BIGINT NOT NULL, ended_at BIGINT);" /* ringing accepted declined timeout failed withdrawn */
     "CREATE INDEX offer_handoff ON offer(handoff_id);"
     /* desk/, follow/: promises with a due time. kind: callback reengage nurture; state: due done cancelled missed */
     "CREATE TABLE task (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL REFERENCES lead(id), call_id TEXT, kind TEXT NOT NULL, closer_id TEXT,"
     " due_at BIGINT NOT NULL, promised_by BIGINT, state TEXT NOT NULL, reason TEXT, note TEXT, told_at BIGINT, created_at BIGINT NOT NULL, done_at BIGINT);" /* told_at: event task.due */
     "CREATE INDEX task_due ON task(state, due_at);"
     "CREATE INDEX task_lead ON task(lead_id);"
     /* http/: people and their keys. role: admin manager closer sdr enablement developer */
     "CREATE TABLE user_account (id TEXT PRIMARY KEY, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, role TEXT NOT NULL,"
     " closer_id TEXT, created_at BIGINT NOT NULL, disabled_at BIGINT);"
     "CREATE TABLE session (token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES user_account(id), kind TEXT NOT NULL, label TEXT,"
     " created_at BIGINT NOT NULL, expires_at BIGINT, last_used_at BIGINT);" /* kind: browser | token */
     "CREATE TABLE hook (id TEXT PRIMARY KEY, source TEXT NOT NULL, secret TEXT NOT NULL, created_at BIGINT NOT NULL);"
     "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at BIGINT NOT NULL);"
     "CREATE TABLE scenario_version (scenario_id TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, yaml TEXT NOT NULL,"
     " yaml_hash TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (scenario_id, version));"
     /* everyone: journal and outbox, written in the transaction of the change it tells */
     "CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, at BIGINT NOT NULL, kind TEXT NOT NULL, lead_id TEXT, call_id TEXT,"
     " subject TEXT, data TEXT NOT NULL);"
     "CREATE INDEX event_lead ON event(lead_id, seq);"
     "CREATE INDEX event_call ON event(call_id, seq);"},
    {2, "what came of a talk with a human",
     /* desk/: draft is what the closer has typed so far, in the call and after it; wrap_up what was handed in */
     "ALTER TABLE handoff ADD COLUMN draft TEXT;"
     "CREATE INDEX handoff_closer ON handoff(closer_id, requested_at);"
     /* desk/: one a handoff. stage: open proposal won lost; money in cents */
     "CREATE TABLE deal (handoff_id TEXT PRIMARY KEY REFERENCES handoff(id), lead_id TEXT NOT NULL, call_id TEXT NOT NULL, closer_id TEXT,"
     " amount_cents BIGINT, currency TEXT NOT NULL, stage TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);"
     "CREATE INDEX deal_lead ON deal(lead_id);"
     /* desk/: what the closer thinks of the AI's lead, 1 (no) to 5 (excellent) */
     "CREATE TABLE rating (handoff_id TEXT PRIMARY KEY REFERENCES handoff(id), lead_id TEXT NOT NULL, call_id TEXT NOT NULL, closer_id TEXT,"
     " stars INTEGER NOT NULL, reason TEXT, at BIGINT NOT NULL);"
     "CREATE INDEX rating_call ON rating(call_id);"
     /* http/: an answer that the AI took wrongly, as a human says */
     "CREATE TABLE answer_mark (answer_id TEXT PRIMARY KEY REFERENCES answer(id), call_id TEXT NOT NULL, note TEXT, marked_by TEXT NOT NULL, at BIGINT NOT NULL);"},
    {3, "who answered a call, and why it is thought so",
     /* call/: JSON, docs/answering.md */
     "ALTER TABLE call ADD COLUMN answered_by TEXT;"},
    {4, "telephones that register",
     /* desk/: the name under which a closer's telephone registers, and MD5("NAME:baton:PASSWORD") in hex; the password itself is shown once */
     "ALTER TABLE closer ADD COLUMN telephone_user TEXT;"
     "ALTER TABLE closer ADD COLUMN telephone_ha1 TEXT;"
     "CREATE UNIQUE INDEX closer_telephone ON closer(telephone_user);"},
    {5, "callbacks kept by people",
     /* follow/: warned_at: event task.at_risk; desk/: tried_at, tries: dialled by a closer without reaching the prospect */
     "ALTER TABLE task ADD COLUMN warned_at BIGINT;"
     "ALTER TABLE task ADD COLUMN tried_at BIGINT;"
     "ALTER TABLE task ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;"
     "CREATE INDEX task_closer ON task(closer_id, state, due_at);"
     "CREATE INDEX answer_lead ON answer(lead_id, at);"},
    {6, "who is for whom, and when",
     /* desk/: JSON {languages, segments, territories: [words], talks_a_day, hours: base/hours.h}; why: the cause of an offer (ladder.h) */
     "ALTER TABLE closer ADD COLUMN profile TEXT;"
     "ALTER TABLE offer ADD COLUMN why TEXT;"
     "CREATE INDEX offer_closer ON offer(closer_id, offered_at);"},
    {7, "views of leads",
     /* http/: filters under a name, one person's own */
     "CREATE TABLE saved_view (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, created_at BIGINT NOT NULL);"
     "CREATE INDEX saved_view_user ON saved_view(user_id);"
     "CREATE INDEX lead_owner ON lead(owner_closer_id);"},
    {8, "what humans do with a call they have",
     /* desk/: midcall: talking held ringing consulting sent parked fetching (midcall.h); midcall_until: the AI comes back then, 0: nobody waits */
     "ALTER TABLE handoff ADD COLUMN midcall TEXT;"
     "ALTER TABLE handoff ADD COLUMN midcall_at BIGINT;"
     "ALTER TABLE handoff ADD COLUMN midcall_until BIGINT;"
     "CREATE INDEX handoff_midcall ON handoff(midcall);"
     /* desk/: what the closer tells a colleague who is asked to take the prospect */
     "ALTER TABLE offer ADD COLUMN note TEXT;"
     /* desk/: who listened when: a row for each stretch in one mode (listen whisper barge) */
     "CREATE TABLE call_join (id TEXT PRIMARY KEY, call_id TEXT NOT NULL REFERENCES call(id), user_id TEXT NOT NULL, closer_id TEXT, name TEXT NOT NULL,"
     " mode TEXT NOT NULL, began_at BIGINT NOT NULL, ended_at BIGINT);"
     "CREATE INDEX call_join_call ON call_join(call_id, began_at);"},
};

const int store_migration_count = sizeof store_migrations / sizeof store_migrations[0];
