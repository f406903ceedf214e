// As the test of the same name that CI runs, ten times as often.
import { describe, it } from 'vitest';
import { has } from '../tools.ts';
import { loseNothingIn } from './nothing-lost-kills.ts';

describe.runIf(has('influxd'))('20 sensors at QoS 1', () => {
  it('lose nothing and double nothing when the gateway is killed two hundred times', async () => {
    await loseNothingIn(200, 20);
  });
});
