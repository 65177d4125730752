/* cmd.h - the subcommands of `baton`, one file each. Each returns the exit code: 0 ok, 1 failed, 2 usage. */
#ifndef BATON_MAIN_CMD_H
#define BATON_MAIN_CMD_H

enum { EXIT_USAGE = 2 };

int cmd_serve(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_chat(int argc, char **argv);
int cmd_understand(int argc, char **argv);
int cmd_call(int argc, char **argv);
int cmd_phone(int argc, char **argv);
int cmd_scenario(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_transcribe(int argc, char **argv);
int cmd_simulate(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_bench(int argc, char **argv);
int cmd_bench_media(int argc, char **argv);
int cmd_bench_turn(int argc, char **argv);
int cmd_bench_barge(int argc, char **argv);
int cmd_bench_eot(int argc, char **argv);
int cmd_bench_lines(int argc, char **argv);
int cmd_bench_calls(int argc, char **argv);
int cmd_bench_intake(int argc, char **argv);
int cmd_bench_desk(int argc, char **argv);
int cmd_bench_amd(int argc, char **argv);
int cmd_bench_talk(int argc, char **argv);

#endif
