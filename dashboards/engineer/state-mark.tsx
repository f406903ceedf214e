import type { AlarmView } from '../../gateway/api/schemas.ts';
import { STATE_SHAPES, stateWord } from './alarm-look.ts';
import type { Sight } from './sight.ts';

/** An alarm's state as a shape and a word. */
export function StateMark({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  return (
    <span class={`mark mark--${alarm.state}`}>
      <span class="mark__shape" aria-hidden="true">
        {STATE_SHAPES[alarm.state]}
      </span>{' '}
      {stateWord(alarm, sight)}
    </span>
  );
}
