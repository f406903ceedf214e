// The things of the compound, each with the latest that is known of it, how old that is and whether
// it is believed; and the place as a whole.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { AssetView, SiteView, words } from './schemas.ts';
import { mustSeeAsset, scopeOf } from './scope.ts';

const KINDS = ['bin', 'scale', 'lamp', 'meter'] as const;

export const listAssets = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listAssets',
      summary: 'Every bin, scale, lamp and meter with its latest values',
      querystring: Type.Object(
        { kind: Type.Optional(words(KINDS, 'Only assets of this kind')) },
        { additionalProperties: false },
      ),
      response: { 200: Type.Array(AssetView) },
    },
    async ({ query, actor }) => desk.assets(query.kind).filter(scopeOf(actor, desk).hasAsset),
  );

export const readAsset = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readAsset',
      summary: 'One asset with its latest values',
      params: ById,
      response: { 200: AssetView },
      refusals: [404],
    },
    async ({ params, actor }) => mustSeeAsset(desk, actor, params.id),
  );

export const readSite = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readSite',
      summary: 'The place as a whole: stations, circuits, sun, version',
      response: { 200: SiteView },
    },
    async ({ actor }) => scopeOf(actor, desk).site(desk.site()),
  );
