/* app_priv.h - how the rooms are joined: each function is one room's port, filled with another room. */
#ifndef BATON_MAIN_APP_PRIV_H
#define BATON_MAIN_APP_PRIV_H

#include "main/app.h"

/* app_scenario.c */
int app_load_scenario(struct app *a, char *why, size_t why_size); /* file -> scenario, understanding by rules, version row */
void app_load_understanding(struct app *a);                      /* beside the calls: with the sentence model; new calls use it from then on */

/* app_first_admin.c: the first administrator is made while the rest opens; _end waits and returns 0 or errno, also when nothing was begun */
void app_first_admin_begin(struct app *a);
int app_first_admin_end(struct app *a);

/* app_calls.c */
void app_call_ports(struct app *a, struct call_ports *out);
struct app *app_of_port(void *arg); /* of the calls' ports */
void app_on_dial(const struct dial_job *job, void *arg);
void app_on_register(bool registered, int sip_code, void *arg);

/* app_llm.c: the optional language model; all on the control loop */
int app_open_llm(struct app *a, char *why, size_t why_size);
void app_close_llm(struct app *a);                                /* before the control loop goes; what is under way is told off */
void app_llm_ports(const struct app *a, struct call_ports *out);
void app_llm_call_ended(struct app *a, const struct call *c);     /* asks for a summary */

int app_pace(int calls_now, int answered, int hot, int slots, void *arg); /* for the scheduler; writer thread */

/* app_inbound.c */
void app_on_incoming(struct leg *leg, const char *from, const char *to, void *arg);

/* app_phone.c: telephones in browsers */
int app_test_call(char **answer, char id[ID_MAX], const char *sdp, const json_t *lead, void *arg); /* any thread but the control loop */

int app_phone_plug(char **answer, char plug_id[ID_MAX], const char *closer_id, const char *sdp, void *arg);
int app_phone_unplug(const char *closer_id, void *arg);
int app_phone_hang_up(const char *closer_id, void *arg);
int app_phone_get(char plug_id[ID_MAX], const char *closer_id, void *arg);

/* app_join.c: people who join a call; any thread but the control loop */
int app_join(char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp, void *arg);
int app_join_mode(const char *call_id, const char *user_id, const char *mode, void *arg);
int app_join_leave(const char *call_id, const char *user_id, void *arg);

/* app_upkeep.c: forgets what is out of date, every hour */
void app_upkeep_start(struct app *a);
void app_upkeep_stop(struct app *a);

/* app_alerts.c: nothing without the setting alerts.webhook. Start when the store is open, stop before it is closed, free after. */
int app_alerts_start(struct app *a);
void app_alerts_stop(struct app *a);
void app_alerts_free(struct app *a);

/* app_http.c */
void app_http_ports(struct app *a, struct http_ports *out);

#endif
