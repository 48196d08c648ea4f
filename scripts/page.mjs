// The page of the local web chat, into dist/.
import { isMainThread } from 'node:worker_threads'
import { bundlePage } from './bundle.mjs'

// The threads of `npm run dev` load this file, too.
if (isMainThread) await bundlePage('dist/page')
