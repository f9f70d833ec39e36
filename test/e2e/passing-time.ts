import type { Workspace } from './workspace.ts';

type Passing = Pick<Workspace, 'clock' | 'slack' | 'aws'>;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Turns of the event loop in which nothing reaches Slack or AWS, after which the bot counts as idle. */
const IDLE_TURNS = 50;

/** Resolves when the bot has nothing more to do before time goes on. All servers are in this process. */
export async function idle({ slack, aws }: Passing): Promise<void> {
  const traffic = () => slack.calls().length + aws.requests().length;
  for (let before = -1; before !== traffic(); ) {
    before = traffic();
    for (let turn = 0; turn < IDLE_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets `ms` of the bot's time pass, a step at a time, so that what falls due in between is done in between. */
export async function letPass(workspace: Passing, ms: number, stepMs = 5 * SECOND): Promise<void> {
  await idle(workspace);
  for (let left = ms; left > 0; left -= stepMs) {
    workspace.clock.jump(Math.min(left, stepMs));
    await idle(workspace);
  }
}

/** Lets time pass until `holds`. Answers how long it took; throws where `ms` of the bot's time weren't enough. */
export async function within(
  workspace: Passing,
  ms: number,
  holds: () => boolean,
  stepMs = 5 * SECOND,
): Promise<number> {
  const start = workspace.clock.monotonic();
  await idle(workspace);
  while (!holds()) {
    const passed = workspace.clock.monotonic() - start;
    if (passed >= ms) throw new Error(`It did not come about within ${ms / SECOND} s of the bot's time.`);
    workspace.clock.jump(Math.min(stepMs, ms - passed));
    await idle(workspace);
  }
  return workspace.clock.monotonic() - start;
}
