// Passwords that guessers try first. No rule of capitals and digits is asked for instead: such rules
// bring forth these very words with a 1 behind them.

const PASSWORD_LENGTH = { least: 8, most: 256 } as const;

/** What is wrong with it, in words; undefined where nothing is. */
export function whyWeak(password: string, person: string): string | undefined {
  const { length } = Array.from(password);
  if (length < PASSWORD_LENGTH.least)
    return `it has fewer than ${PASSWORD_LENGTH.least} characters`;
  if (length > PASSWORD_LENGTH.most) return `it has more than ${PASSWORD_LENGTH.most} characters`;
  const plain = password.toLowerCase();
  if (plain === person || plain.replace(/\d+$/, '') === person) return 'it is the sign-in name';
  const isCommon = COMMON.has(plain) || COMMON_STEMS.has(stemOf(plain)) || isRun(plain);
  return isCommon ? 'it is among the first that anybody tries' : undefined;
}

/** `Passw0rd!2024` → `password`. */
const stemOf = (plain: string): string =>
  plain
    .replace(/[\d!@#$%^&*._-]+$/, '')
    .replaceAll('0', 'o')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e');

/** One character over and over, or each the neighbour of the one before, or halves alike. */
function isRun(plain: string): boolean {
  const codes = Array.from(plain, (char) => char.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return (
    (steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9)) || /^(.{1,4})\1+$/.test(plain)
  );
}

const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const COMMON_STEMS = listed(`
  password passwort passwd pass admin administrator root user test guest welcome letmein login secret
  qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou sunshine princess football baseball dragon monkey master
  shadow superman batman michael jennifer charlie whatever trustno computer internet starwars
  changeme default hello woaini woaiwojia nihao wangyi taobao xiaomi huawei zhongguo shanghai beijing
  courtyard gateway raspberry raspberrypi property wuye xiaoqu juweihui yeweihui
`);

const COMMON = listed(`
  123456789 1234567890 0123456789 987654321 0987654321 12345678910 11223344 1122334455 12344321
  123123123 147258369 789456123 159753456 88888888 66668888 88886666 5201314520 52013145201314
  13145200 520520520 1qaz2wsx 1qaz2wsx3edc qazwsxedc zaq12wsx q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t
  a1b2c3d4 abc123456 abcd1234 a123456789 a12345678 aa123456 aa12345678 asd123456 qwe123456 qwer1234
  zxcv1234 asdf1234 abc12345 q123456789 w123456789 wang123456 li123456 zhang123456 pass1234 test1234
  iloveyou1314 woaini1314 woaini520 5201314woaini letmein123 welcome123 trustno1 mustang1 superman1
  football1 baseball1 princess1 sunshine1 michael1 jordan23 liverpool1 chelsea1 arsenal1 whatever1
  computer1 internet1 samsung1 google123 apple123 facebook1 linkedin1 pokemon1 minecraft1 blink182
  correcthorsebatterystaple
`);
