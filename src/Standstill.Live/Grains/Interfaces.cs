using System.Collections.Immutable;
using Orleans.Concurrency;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;

namespace Standstill.Live.Grains;

/// <summary>One balance area; its key is `party/facility/area`.</summary>
[Alias("standstill.area")]
internal interface IAreaGrain : IGrainWithStringKey
{
    /// <summary>Opens the area. The same opening again changes nothing; another is refused with what is wrong.</summary>
    /// <param name="opening">An <see cref="AreaOpening"/>.</param>
    /// <returns>A list of <see cref="Fault"/>.</returns>
    [Alias("open")]
    Task<Json> OpenAsync(Json opening);

    /// <summary>Posts periods in the order of time. What is answered as posted is stored, and the party has been told.</summary>
    /// <param name="periods">A list of <see cref="BalancePeriod"/>.</param>
    /// <returns>A list of <see cref="PostOutcome"/>, each in the place of its period.</returns>
    [Alias("post")]
    Task<Json> PostAsync(Json periods);

    /// <summary>Where the area stands; null where it is not open. Also while it posts.</summary>
    /// <returns>An <see cref="AreaReport"/>.</returns>
    [AlwaysInterleave]
    [Alias("report")]
    Task<Json?> ReportAsync();

    /// <summary>Posted periods from a time on, some at a time. Also while it posts.</summary>
    /// <returns>A list of <see cref="BalancePeriod"/>.</returns>
    [AlwaysInterleave]
    [Alias("from")]
    Task<Json> FromAsync(DateTimeOffset from);
}

/// <summary>What an area tells its party after it has posted.</summary>
/// <param name="Line">The area and where it stands.</param>
/// <param name="Periods">The periods that were posted, as far as the party may not have them.</param>
internal sealed record AreaNews(AreaLine Line, ImmutableArray<BalancePeriod> Periods);

/// <summary>One party: its global book, which takes a period once every area has posted it. Its key is `party/`.</summary>
/// <remarks>The slash keeps a name such as `cafe` from being read as a number, which is what a store does with hexadecimal keys.</remarks>
[Alias("standstill.party")]
internal interface IPartyGrain : IGrainWithStringKey
{
    /// <summary>Opens the party, or further areas of it.</summary>
    /// <param name="opening">A <see cref="PartyOpening"/>.</param>
    /// <returns>A list of <see cref="Fault"/>.</returns>
    [Alias("open")]
    Task<Json> OpenAsync(Json opening);

    /// <summary>An area's news.</summary>
    /// <param name="news">An <see cref="AreaNews"/>.</param>
    [Alias("hear")]
    Task HearAsync(Json news);

    /// <summary>Where the party and its areas stand; null where it is not open.</summary>
    /// <returns>A <see cref="PartyReport"/>.</returns>
    [Alias("report")]
    Task<Json?> ReportAsync();
}

/// <summary>The names of all parties; there is one of it.</summary>
[Alias("standstill.directory")]
internal interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Adds a party, unless it is there.</summary>
    [Alias("add")]
    Task AddAsync(string party);

    /// <summary>All of them, in order.</summary>
    [AlwaysInterleave]
    [Alias("all")]
    Task<string[]> AllAsync();
}
