import { createRequire } from 'node:module';
import util from 'node:util';
import type * as Middleware from 'graphql-middleware';
import type * as Shield from 'graphql-shield';

// graphql-shield reads util.isUndefined, which Node 23 removed, and its ESM build cannot load without it. Both packages
// come through require, or shield's instanceof check would meet another copy of the middleware's class.
Object.assign(util, { isUndefined: (value: unknown) => value === undefined });
const require = createRequire(import.meta.url);

export const { shield, rule } = require('graphql-shield') as typeof Shield;
export const { applyMiddleware } = require('graphql-middleware') as typeof Middleware;
