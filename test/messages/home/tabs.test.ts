import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  askForTab,
  noticeHomeChanges,
  openTab,
  type TabAct,
  type Whose,
} from '../../../src/messages/home/tabs.ts';
import { OPEN_FOR_MS } from '../../../src/messages/outbox.ts';
import { createOutbox, type Outgoing } from '../../../src/messages/queue.ts';
import type { Who } from '../../../src/permissions.ts';
import { onEachDatabase, passLeases } from '../../database/databases.ts';
import { at, LEASE_MS, recorded, storeOn } from '../../submissions/records.ts';

const ana: Who = { teamId: 'T1', userId: 'UANA' };
const ben: Who = { teamId: 'T1', userId: 'UBEN' };
const SECOND = 1000;
const REST_MS = 3 * SECOND;
const AGAIN_MS = 60 * SECOND;

onEachDatabase((database) => {
  type On = ReturnType<typeof database>;
  const outbox = (on: Pick<On, 'db' | 'leases'> = database()) => createOutbox(on);
  const ask = (who: Who, act: TabAct, ms: number) =>
    askForTab({ database: database(), newId: randomUUID }, who, act, at(ms));
  const opened = (who: Who, ms: number) => ask(who, { type: 'opened' }, ms);
  const store = () => storeOn(database());
  const noticeChanges = (when: Date) => noticeHomeChanges(database(), when);
  /** A tab that is due, as it is to be shown. */
  const claim = async (ms: number, owner = 'me', on: Pick<On, 'db' | 'leases'> = database()) => {
    const message = await outbox(on).claim('home tabs', { owner, at: at(ms) });
    if (message === undefined) return undefined;
    const tab = await openTab(database().db, message.subject);
    if (tab === undefined) throw new Error('The tab is gone.');
    return { message, ...tab };
  };
  const taken = async (ms: number, owner = 'me') => {
    const home = await claim(ms, owner);
    if (home === undefined) throw new Error('No home tab was due.');
    return home;
  };
  const done = ({ message }: { readonly message: Outgoing }, ms: number, owner = 'me') =>
    outbox().published(message, owner, { restUntil: at(ms + REST_MS), againAt: at(ms + AGAIN_MS) });
  const holds = ({ message }: { readonly message: Outgoing }, owner: string) =>
    outbox().holds(message, owner);
  /** A tab that was opened and published. */
  const published = async (who: Who, ms: number, whose: Whose = 'mine') => {
    await ask(who, { type: 'whose', whose }, ms);
    await done(await taken(ms), ms);
  };
  const changes = async () => (await database().db.selectFrom('home_changes').selectAll().execute()).length;

  test('opened, it is due at once, to one replica; and again after a while', async () => {
    await opened(ana, 0);
    const home = await taken(0);
    expect(home).toMatchObject({ who: ana, whose: 'mine', openedAt: at(0), message: { isAwaited: true } });
    expect(await claim(0, 'another')).toBeUndefined();
    expect(await holds(home, 'me')).toBe(true);
    await done(home, 0);
    expect(await claim(AGAIN_MS - 1)).toBeUndefined();
    expect(await taken(AGAIN_MS)).toMatchObject({ who: ana, message: { isAwaited: false } });
  });

  test('whoever died over it loses it by time', async () => {
    await opened(ana, 0);
    const dead = await taken(0, 'dead');
    await passLeases(database().db, LEASE_MS);
    expect(await taken(60 * SECOND)).toMatchObject({ who: ana });
    expect(await holds(dead, 'dead')).toBe(false);
    await done(dead, 61 * SECOND, 'dead');
    expect(await claim(61 * SECOND, 'another')).toBeUndefined();
  });

  test('whose and which pages is kept while it is turned, and whose when it is opened again', async () => {
    await opened(ana, 0);
    await ask(ana, { type: 'whose', whose: 'team' }, 1);
    await ask(ana, { type: 'page', part: 'waiting', page: 2 }, 2);
    await ask(ana, { type: 'refresh' }, 3);
    expect(await taken(3)).toMatchObject({ whose: 'team', pages: { waiting: 2, ready: 0 } });
    await opened(ana, 4);
    expect(await taken(4)).toMatchObject({ whose: 'team', pages: { waiting: 0 } });
  });

  test('who asks again while it is being published waits for nobody', async () => {
    await opened(ana, 0);
    const slow = await taken(0);
    await ask(ana, { type: 'whose', whose: 'team' }, 10);
    expect(await holds(slow, 'me')).toBe(false);
    const quick = await taken(10, 'another');
    expect(quick.whose).toBe('team');
    await done(quick, 20, 'another');
    await done(slow, 30);
    expect(await claim(AGAIN_MS)).toBeUndefined();
    expect(await claim(AGAIN_MS + 20)).toBeDefined();
  });

  test('while nobody has a tab open, a change of a record writes nothing for it', async () => {
    await recorded(store());
    expect(await changes()).toBe(0);
    await opened(ana, 0);
    await recorded(store(), { opportunityId: 'O2' }, at(OPEN_FOR_MS + 1));
    expect(await changes()).toBe(0);
    await recorded(store(), { opportunityId: 'O3' }, at(OPEN_FOR_MS));
    expect(await changes()).toBe(1);
  });

  test('a change makes due who sees it: the person and the team’s tabs, no others', async () => {
    const people = { mine: ana, team: ben, other: { teamId: 'T1', userId: 'UOTHER' } };
    await published(people.mine, 0);
    await published(people.team, 0, 'team');
    await published(people.other, 0);
    await recorded(store(), { userId: ana.userId }, at(10 * SECOND));
    await noticeChanges(at(10 * SECOND));
    expect(await changes()).toBe(0);
    const due = [await taken(10 * SECOND), await taken(10 * SECOND)];
    expect(due.map(({ who }) => who.userId).sort()).toEqual([ana.userId, ben.userId]);
    expect(due.every(({ message }) => !message.isAwaited)).toBe(true);
    expect(await claim(10 * SECOND)).toBeUndefined();
  });

  test('what somebody else submits after all is gone from the tab of who tried before', async () => {
    const first = await recorded(store(), { userId: ana.userId });
    await store().cancel(first.id, ana.userId, at(1));
    await published(ana, 2);
    await recorded(store(), { userId: ben.userId }, at(10 * SECOND));
    await noticeChanges(at(10 * SECOND));
    expect(await taken(10 * SECOND)).toMatchObject({ who: ana });
  });

  test('changes that come close together are shown together, once its rest is over; who asks doesn’t wait', async () => {
    await published(ana, 0);
    for (const ms of [100, 200, 300]) {
      await recorded(store(), { userId: ana.userId, opportunityId: `O${ms}` }, at(ms));
      await noticeChanges(at(ms));
    }
    expect(await claim(REST_MS - 1)).toBeUndefined();
    const home = await taken(REST_MS);
    // One more while it is being published.
    await recorded(store(), { userId: ana.userId, opportunityId: 'O9' }, at(REST_MS + 1));
    await noticeChanges(at(REST_MS + 1));
    await done(home, REST_MS + 2);
    expect(await claim(2 * REST_MS + 1)).toBeUndefined();
    await ask(ana, { type: 'refresh' }, REST_MS + 3);
    expect(await taken(REST_MS + 3)).toMatchObject({ who: ana, message: { isAwaited: true } });
  });

  test('people who wait come before tabs that only follow', async () => {
    await published(ana, 0, 'team');
    await recorded(store(), {}, at(10 * SECOND));
    await noticeChanges(at(10 * SECOND));
    await opened(ben, 11 * SECOND);
    expect(await taken(11 * SECOND)).toMatchObject({ who: ben });
    expect(await taken(11 * SECOND)).toMatchObject({ who: ana });
  });

  test('many tabs over all replicas: each is published by one, and nobody stands in anybody’s way', async () => {
    for (let person = 0; person < 30; person += 1) {
      await published({ teamId: 'T1', userId: `U${person}` }, 0, 'team');
    }
    await Promise.all(
      database().replicas.map(async (replica, index) => {
        for (let change = 0; change < 10; change += 1) {
          await recorded(storeOn(replica), { opportunityId: `O${index}${change}` }, at(10 * SECOND));
          await noticeHomeChanges(replica, at(10 * SECOND));
        }
      }),
    );
    await noticeChanges(at(10 * SECOND));
    const shown = await Promise.all(
      database().replicas.map(async (replica, index) => {
        const mine: string[] = [];
        for (;;) {
          const home = await claim(10 * SECOND, `replica ${index}`, replica);
          if (home === undefined) return mine;
          mine.push(home.who.userId);
          await outbox(replica).published(home.message, `replica ${index}`, {
            restUntil: at(13 * SECOND),
            againAt: at(100 * SECOND),
          });
        }
      }),
    );
    expect(shown.flat()).toHaveLength(30);
    expect(new Set(shown.flat()).size).toBe(30);
  });
});
