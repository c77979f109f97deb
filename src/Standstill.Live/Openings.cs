using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;
using Standstill.Protocol.Balances;

namespace Standstill.Live;

/// <summary>What has to be known of an area before its first period: where its account begins and how it is tested.</summary>
/// <param name="Area">The area.</param>
/// <param name="From">The beginning of its first balance period, UTC.</param>
/// <param name="Design">Its error model and false-alarm budget.</param>
public sealed record AreaOpening(AreaKey Area, DateTimeOffset From, BalanceDesign Design);

/// <summary>A party with areas that are opened. Opening the same again changes nothing; further areas may be opened later.</summary>
/// <param name="Party">The party.</param>
/// <param name="Design">How its global balance, the sum of its areas, is tested.</param>
/// <param name="Areas">The areas, all of this party.</param>
public sealed record PartyOpening(PartyId Party, BalanceDesign Design, ImmutableArray<AreaOpening> Areas);

/// <summary>A balance period of one area, as it is posted.</summary>
/// <param name="Area">The area.</param>
/// <param name="Period">Its account.</param>
public sealed record AreaPeriod(AreaKey Area, BalancePeriod Period);
