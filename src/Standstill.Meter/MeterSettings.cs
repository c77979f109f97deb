using System.Collections.Immutable;
using Standstill.Meter.Scraping;
using Standstill.Protocol;

namespace Standstill.Meter;

/// <summary>How a meter runs: the file `meter.json`.</summary>
/// <param name="Party">Whose meter it is.</param>
/// <param name="Facility">The facility that it stands in.</param>
/// <param name="Listen">Where it takes remote write, such as `http://127.0.0.1:9465`.</param>
/// <param name="Data">Its data directory.</param>
/// <param name="Areas">The balance areas in the order in which they are tried.</param>
/// <param name="ScrapeSeconds">Interval at which the sources are read, seconds: a gap is judged by it.</param>
/// <param name="ChunkMinutes">Sample time that a chunk covers at most while telemetry flows, minutes; every balance period is a multiple of it.</param>
/// <param name="RetentionDays">How long raw samples of closed periods are kept, days.</param>
/// <param name="DiskLimitBytes">What the data directory may hold, bytes; at the limit the meter takes nothing more, and says so.</param>
public sealed record MeterSettings(
    PartyId Party,
    FacilityId Facility,
    Uri Listen,
    string Data,
    ImmutableArray<AreaRule> Areas,
    int ScrapeSeconds,
    int ChunkMinutes,
    int RetentionDays,
    long DiskLimitBytes)
{
    /// <summary>What the meter reads itself, beside what is written to it.</summary>
    public ImmutableArray<ScrapeTarget> Targets { get; init; } = [];
}
