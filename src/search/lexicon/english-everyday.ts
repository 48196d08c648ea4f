/** English words that occur in conversation about anything, whether or not the notes happen to have them. */

export const EVERYDAY_WORDS = `
  accept according achieve act actually adapt additional adjust advice affect afford afternoon again ago agree ahead
  aim allow almost alone along alternative although altogether amount announce another answer apart appear apply
  approach appropriate area arise arrange arrive ask aspect assume attempt aware away
  base basically basic bear behave belong below beside beyond bit bother bottom break brief bright busy buy
  call careful carry case catch cause certain chance cheap choice circumstance clear clever come common complete
  concern condition consequence consider consist constantly continue convenient correct correctly count couple
  course cover create currently custom
  daily dangerous date deal decide deep demand depend describe deserve desire detail determine different difficult
  disappear discover discuss doubt down drop due during
  early earn effect effort else elsewhere empty encounter entire equal especially essential eventually everyone
  everything everywhere evident exact exactly except exceed exclude exist expect expensive experience extra
  fact fail fairly fall familiar famous favour feel fill final fine finish fit fix follow force forget form former
  forward friend front further future
  gain general generally gone gradually grant great group grow guess
  half handle hang hear heavy hide high himself hint hope hour huge hundred hurry
  idea ideal ignore imagine immediate important impossible improve include increase indeed independent indicate
  individual initial insist instance intend interest introduce involve issue item
  job join judge jump
  kick
  lack large late later lead least leave left lend less let level lie light likely limited line list located lose
  lots low lower luck
  main mainly maintain major manage manner matter mention middle mind minor minute miss mistake mix modern moment
  monday morning mostly move multiple
  name natural near nearby nearly necessary neither nevertheless nice nobody none normal normally note notice nowhere
  numerous
  object obtain obvious occasion occur odd offer ok okay opposite order ordinary original otherwise ought outcome
  outside overall
  pair particular pass past patient pause perfect perform perhaps period person place plain plan play plenty point
  poor popular position possess prefer prepare present pretty prevent previous probably problem proceed produce
  promise proper properly propose prove provide purpose push
  quality quarter quite
  raise range rapid rare rarely rather reach react read ready realise realize reason recent recently recognise
  recognize recommend reduce refer reflect refuse regard regular regularly relate relative relevant rely remain
  remember remind repeat replace reply report request respect respond rest result return reveal right rise role roll
  rough round rule
  safe satisfy save scale search season second seem select sense separate serious serve several shape share short
  shortly shut side significant similar simply sit situation size skip slight slightly smart solution solve sometimes
  somewhat somewhere special specific spend split spot stage stand standard state stay step stick straight strange
  strict strong struggle stupid succeed success such sudden suddenly suffer sufficient suggest suit suitable
  sum suppose surely surprise suspect
  talk task team tend term terrible tight tiny today together tomorrow tonight top total touch toward towards
  tricky trouble true trust turn twice typical typically
  ultimately unable unless unlike unlikely until unusual upper urgent usual usually
  valuable value various vary version view visit
  wait walk wanted warn waste watch weak wear week weekend weird whatever whenever wherever whoever wide willing
  wish wonder word worry worse worst worth wrong
  yesterday young yourself
  behind beneath across rid front hand indoors outdoors blow
  baby boy child children dad family father friends girl kid man men mother mum sister brother woman women stranger
  blown broken brought built chosen come done drawn driven fallen felt found gone got grown heard held hidden
  knew known laid left lost made meant met paid ran said saw seen sent shown sold spoken spent stood taken taught
  thought told took understood went written
  rebuild rerun ensure allowed whilst amongst ourselves themselves automatically uses per via upon onto someone
  app user team guy company customer colleague boss
`
