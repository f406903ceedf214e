// Every check there is, in the order of the file. A check is born here by one line.
import type { Check } from './check.ts';
import { fullIsNearerThanEmpty, fullIsOutsideBlindZone, geometryIsWhole } from './check-bins.ts';
import {
  channelBrokerExists,
  channelIsPublic,
  mailHasAReader,
  mailPasswordIsWhole,
  robotAddressIsTheMakers,
} from './check-channels.ts';
import {
  assetExists,
  assetOrAssets,
  decoderExists,
  deviceHasDecoder,
  eachAssetHasOneMouth,
  lineSpeaksOneDecoder,
  secretsAreSecret,
  sourceExists,
} from './check-devices.ts';
import { hoursHaveLength, timetableHasHours } from './check-hours.ts';
import { eachIdOnce } from './check-ids.ts';
import { readerHasAChannel, readerHoursHaveLength, readerIsSomebody } from './check-notices.ts';
import { patrolLeadsSomewhere, patrolPlaceExists, patrolPlaceOnce } from './check-patrols.ts';
import { eachDoorOnce, proxiesAreFew, publicUrlCanBePrinted, zoneExists } from './check-place.ts';
import { graverIsGraver, holidaysAreDays, ruleHoursHaveLength } from './check-rule-head.ts';
import {
  bandHasWidth,
  changeIsPossible,
  otherNumberExists,
  repeatsNamesARule,
  windowsCanBeMissed,
} from './check-rule-series.ts';
import {
  clearLevelIsOnTheOtherSide,
  limitIsPossible,
  mostOfNamesALampRule,
  onlyNamesKnownIds,
} from './check-rules.ts';
import { webhookIsPublic } from './check-webhooks.ts';
import { buildingExists, workingHoursHaveLength } from './check-work.ts';
import {
  openIsOnThisMachine,
  passwordHasUser,
  silentLineHasOneDevice,
  tokensDiffer,
} from './check-sources.ts';

export const CHECKS: readonly Check[] = [
  eachIdOnce,
  zoneExists,
  publicUrlCanBePrinted,
  proxiesAreFew,
  eachDoorOnce,
  passwordHasUser,
  openIsOnThisMachine,
  hoursHaveLength,
  timetableHasHours,
  geometryIsWhole,
  fullIsNearerThanEmpty,
  fullIsOutsideBlindZone,
  sourceExists,
  assetExists,
  assetOrAssets,
  eachAssetHasOneMouth,
  decoderExists,
  deviceHasDecoder,
  lineSpeaksOneDecoder,
  silentLineHasOneDevice,
  secretsAreSecret,
  tokensDiffer,
  limitIsPossible,
  clearLevelIsOnTheOtherSide,
  onlyNamesKnownIds,
  mostOfNamesALampRule,
  bandHasWidth,
  changeIsPossible,
  otherNumberExists,
  repeatsNamesARule,
  windowsCanBeMissed,
  ruleHoursHaveLength,
  graverIsGraver,
  holidaysAreDays,
  webhookIsPublic,
  channelIsPublic,
  robotAddressIsTheMakers,
  mailPasswordIsWhole,
  mailHasAReader,
  channelBrokerExists,
  readerIsSomebody,
  readerHasAChannel,
  readerHoursHaveLength,
  workingHoursHaveLength,
  buildingExists,
  patrolPlaceExists,
  patrolPlaceOnce,
  patrolLeadsSomewhere,
];
