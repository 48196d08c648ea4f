// The page of the local web chat, into dist/.
import { bundlePage } from './bundle.mjs'

await bundlePage('dist/page')
