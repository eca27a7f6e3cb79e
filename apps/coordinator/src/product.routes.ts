/** Products and their versions, as the gateway passes them on. */
import { pageQuery, placeOf, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { type GateMemory, type ProductRecord } from './gate.memory';
import { beforeOf, page, placeOfTask } from './list-page';

const base = '/api/v1/gate/products';
const internal = true;

export function productRoutes(memory: Pick<GateMemory, 'products' | 'versions'>): readonly Route[] {
  return [
    route(
      {
        method: 'GET',
        path: base,
        summary: { en: 'Products by name', zh: '产品列表' },
        internal,
        query: z.strictObject(pageQuery),
        responses: { 200: { says: 'A page.' } },
      },
      async ({ query: { limit, cursor } }) => {
        const after = cursor === undefined ? undefined : String(placeOf(cursor, ['p']).p);
        const found = await memory.products(limit + 1, after);
        return { status: 200, body: page(found, limit, productDocument, ({ product }) => ({ p: product })) };
      },
    ),
    route(
      {
        method: 'GET',
        path: `${base}/{product}/versions`,
        summary: { en: 'Versions of a product', zh: '产品版本' },
        internal,
        query: z.strictObject(pageQuery),
        responses: { 200: { says: 'A page.' } },
      },
      async ({ params, query }) => {
        const before = beforeOf(query.cursor);
        const found = await memory.versions(params['product'] ?? '', query.limit + 1, before);
        return {
          status: 200,
          body: page(found, query.limit, ({ taskId, status, created }) => ({ version: created?.version, taskId, status, createdAt: created?.at }), placeOfTask),
        };
      },
    ),
  ];
}

function productDocument({ product, versions, latest }: ProductRecord): Record<string, unknown> {
  const { taskId, status, created } = latest;
  return { product, versions, latest: { version: created?.version, taskId, status, createdAt: created?.at } };
}
