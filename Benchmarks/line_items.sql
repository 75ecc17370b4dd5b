-- A part of a FOCUS 1.2 export as AWS writes it: binary costs, maps, one hour a line. `first`, `last` and `file` are put in.
COPY (
  SELECT
    ['us-east-1a', 'eu-west-1b', 'ap-southeast-2c'][1 + i % 3] AS AvailabilityZone,
    CASE WHEN kind < 90 THEN cost ELSE cost / -10 END AS BilledCost,
    '111122223333' AS BillingAccountId, 'payer' AS BillingAccountName, 'USD' AS BillingCurrency,
    TIMESTAMP '2026-03-01' AS BillingPeriodEnd, TIMESTAMP '2026-02-01' AS BillingPeriodStart,
    CASE WHEN kind < 90 THEN 'Usage' WHEN kind < 95 THEN 'Tax' ELSE 'Credit' END AS ChargeCategory,
    CAST(NULL AS VARCHAR) AS ChargeClass, 'an hour of something, number ' || i % 5000 AS ChargeDescription,
    'Usage-Based' AS ChargeFrequency,
    TIMESTAMP '2026-02-01' + to_hours(CAST(i % 672 + 1 AS INTEGER)) AS ChargePeriodEnd,
    TIMESTAMP '2026-02-01' + to_hours(CAST(i % 672 AS INTEGER)) AS ChargePeriodStart,
    CAST(h % 1000 AS DOUBLE) AS ConsumedQuantity, 'Hrs' AS ConsumedUnit, cost * 1.1 AS ContractedCost,
    CASE WHEN kind < 90 THEN cost * 0.97 ELSE cost / -10 END AS EffectiveCost, 'INV-' || i % 3 AS InvoiceId,
    cost * 1.2 AS ListCost, CASE WHEN h % 5 < 3 THEN 'Standard' ELSE 'Committed' END AS PricingCategory, 'AWS' AS ProviderName, 'AWS' AS PublisherName, 'us-east-1' AS RegionId,
    'arn:aws:service:us-east-1:resource/' || h % 200000 AS ResourceId, CASE WHEN h % 40 = 0 THEN 'Amazon Elastic Compute Cloud - Compute' ELSE 'Amazon service ' || h % 40 END AS ServiceName,
    'SKU' || h % 3000 AS SkuId, CASE WHEN h % 40 = 0 THEN 'BoxUsage:m5.large' ELSE 'Requests-Tier' || h % 3 END AS SkuMeter, CAST(100000000000 + h % 67 AS VARCHAR) AS SubAccountId,
    MAP {'team': 'team ' || h % 30, 'environment': ['production', 'test'][1 + i % 2]} AS Tags,
    CASE WHEN kind < 90 THEN MAP {'SppDiscount': cost * -0.059} ELSE MAP {} END AS x_Discounts
  FROM (
    SELECT i, hash(i) AS h, hash(i) % 100 AS kind, CAST(hash(i + 7) % 1000000 AS DOUBLE) / 1000003 AS cost
    FROM range(:first, :last) AS numbers (i)
  )
) TO ':file' (FORMAT parquet, COMPRESSION snappy);
