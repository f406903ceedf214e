// The door: signing in, or, where nobody has an account yet, making the first one. It leads back to
// where one came from, and only to our own pages.
import { useEffect, useState } from 'preact/hooks';
import type { SessionView } from '../../gateway/api/schemas.ts';
import { alone } from '../shared/alone.ts';
import { ask, SESSION, type Outcome } from '../shared/gateway.ts';
import { pathTo, words } from '../shared/language.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { returnPath } from '../shared/return-path.ts';
import { Switches } from '../shared/switches.tsx';
import { FirstPersonForm } from './first-person-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

const wayBack = (): string =>
  returnPath(new URLSearchParams(location.search).get('to'), location.origin);

/** A page of its own, not a step in the history: “back” does not lead to the door again. */
const goBack = (): void => location.replace(wayBack());

export function SignInPage() {
  const say = words.value;
  const { door, askAgain } = useDoor();
  const isFirst = door?.ok === true && door.value.state === 'unclaimed';
  const title = isFirst ? say.people.first.title : say.people.signIn.title;
  useEffect(() => {
    document.title = `${title} · Courtyard`;
  }, [title]);
  return (
    <>
      <header class="head">
        <p class="head__site">Courtyard</p>
        <Switches words={say} />
      </header>
      <main class="door">
        {!door && <Quiet what={say.loading} />}
        {door && !door.ok && (
          <Failure
            words={say}
            title={door.status === 0 ? say.people.signIn.away : door.title}
            detail={door.status === 0 ? '' : door.detail}
            retry={askAgain}
          />
        )}
        {door?.ok && <Door who={door.value} />}
      </main>
    </>
  );
}

function Door({ who }: { who: SessionView }) {
  const say = words.value;
  const { signIn } = say.people;
  if (who.state === 'unclaimed') return <FirstPersonForm words={say} onDone={goBack} />;
  return (
    <>
      {who.state === 'person' && (
        <p class="door__in">
          {signIn.alreadyIn(alone(who.name ?? who.id ?? ''))}{' '}
          <a class="link" href={wayBack()}>
            {signIn.goOn}
          </a>
        </p>
      )}
      <SignInForm words={say} onDone={goBack} />
      <p class="door__board">
        {signIn.isBoard}{' '}
        <a class="link" href={pathTo('/kiosk')}>
          {signIn.pair}
        </a>
      </p>
    </>
  );
}

function useDoor() {
  const [door, setDoor] = useState<Outcome<SessionView>>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const look = async (): Promise<void> => {
      const outcome = await ask<SessionView>(SESSION);
      if (wanted) setDoor(outcome);
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [round]);
  return { door, askAgain: () => setRound(round + 1) };
}
