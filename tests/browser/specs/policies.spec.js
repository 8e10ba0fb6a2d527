// The policy explorer: what a release needs and why, next to another release, and next to a
// policy that somebody brings.
import { expect, judged, test } from '../support/test.js';

const POLICIES = '/policies?release=kommander-2.2&of=kommander-2.2';

test('a policy is chosen, explained and compared, and its address can be shared', async ({ server, signedIn: page }) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Policies' }).click();
  await expect(page.getByText('17 statements with 114 entries of 107 different actions')).toBeVisible();
  await expect(page.getByText('5538 of the 6144 characters')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Spot instances/ }).uncheck();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('5538 of the 6144')).toHaveCount(0);
  await page.goto(page.url());
  await expect(page.getByText('5538 of the 6144')).toHaveCount(0);

  await page.goto(server.base + POLICIES);
  await page.getByLabel('Compared with').selectOption({ label: 'Cluster API Provider AWS 2.11' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('heading', { name: 'From Kommander 2.2 to Cluster API Provider AWS 2.11' })).toBeVisible();
  await expect(page.getByText('+ ec2:DescribeInstanceTypes')).toBeVisible();
  // Another release has features of its own.
  await page.getByLabel('Release', { exact: true }).selectOption({ label: 'Cluster API Provider AWS 2.11' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('Cluster API Provider AWS 2.11, for')).toBeVisible();
});

test('a policy of one\'s own is reviewed', async ({ server, signedIn: page, request }) => {
  await page.goto(server.base + POLICIES);
  const whole = await page.locator('#document').textContent();
  const review = async (text) => {
    await page.getByLabel('The policy document').fill(text);
    await page.getByRole('button', { name: 'Review' }).click();
  };
  await review(whole);
  await expect(page.getByText('It allows what clusters need, and no more.')).toBeVisible();

  const less = JSON.parse(whole);
  less.Statement[0].Action = less.Statement[0].Action.filter((action) => action !== 'ec2:RunInstances');
  less.Statement.push({ Effect: 'Allow', Action: 's3:GetObjekt', Resource: '*' });
  await review(JSON.stringify(less));
  await expect(page.getByText('It does not allow all that clusters need, and allows other things.')).toBeVisible();
  await expect(page.locator('#review').getByText('ec2:RunInstances').first()).toBeVisible();
  await expect(page.locator('#review .findings').getByText('s3:GetObject', { exact: false })).toBeVisible();
  await judged(page, 'policies-reviewed');

  await review('{"Statement": [');
  await expect(page.locator('#policy-fault')).toContainText('This is no policy');
  await expect(page.getByLabel('The policy document')).toHaveValue('{"Statement": [');
  await judged(page, 'policies-refused');
});
