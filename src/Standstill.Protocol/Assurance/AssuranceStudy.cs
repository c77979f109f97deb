using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Assurance;

/// <summary>The assurance at a party: the cheater's best answer in the library, played against what is in place on the ledger.</summary>
/// <param name="Party">Whose.</param>
/// <param name="Study">What came of every strategy.</param>
/// <param name="Undetected">Not detectable by these measures.</param>
public sealed record AssuranceStudy(PartyId Party, DetectionResult Study, Undetected Undetected)
{
    /// <summary>Name and version of the library of strategies and of the simulation: a change that moves a figure is another version.</summary>
    public const string Library = "standstill-strategies-v1";

    /// <summary>Draws of the search for what is not detectable: each of its steps is a study of its own.</summary>
    public const int SearchDraws = 200;

    /// <summary>The probability of detection that can at least be relied on, in whole per cent from 0 to 99: the lower end of the interval of the
    /// weakest strategy, rounded down. 99 where no strategy is feasible.</summary>
    public int Percent => Study.Weakest is { All: { } seen } ? Math.Clamp((int)Math.Floor(seen.Caused.Low.Value * 100), 0, 99) : 99;

    /// <summary>FLOP that could be run within the time and be seen no likelier than a false alarm: the party's own or, where that is more, what it
    /// could do with accelerators that nobody declares.</summary>
    public double UndetectedFlop => Math.Max(Undetected.OnLedgerFlop, Undetected.RemainderMedian ?? 0);

    /// <summary>Runs it; null where the party has no accelerators on record.</summary>
    /// <param name="world">The ledger's world.</param>
    /// <param name="party">Whose assurance.</param>
    /// <param name="diversion">Against what.</param>
    /// <param name="seed">Of the draws: the root hash of the ledger's size.</param>
    /// <param name="draws">Simulated worlds, at least 100.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    public static AssuranceStudy? Of(World world, PartyId party, Diversion diversion, Seed seed, int draws, DrawLoop loop)
    {
        if (MeasuresOnLedger.Of(world, party) is not { } measures)
        {
            return null;
        }

        ImmutableArray<Strategy> strategies = Strategy.All;
        return new AssuranceStudy(
            party,
            DetectionStudy.Run(measures, diversion, strategies, seed, draws, loop),
            Undetected.Of(measures, diversion.WithinDays, strategies, seed, Math.Min(draws, SearchDraws), loop));
    }

    /// <summary>Whether a statement says what this study found.</summary>
    public bool Confirms(AssuranceAssessedV2Body stated) =>
        stated.Party == Party && stated.Percent == Percent && stated.Computed.Library == Library && stated.Computed.Draws == Study.Draws
        && stated.Computed.Weakest == (Study.Weakest?.Strategy.Name ?? "none") && stated.Computed.MedianDays == Study.Weakest?.All?.MedianDays
        && stated.Computed.FalseAlarmsPerYear == Rounded(Study.AllFalseAlarms.Value) && stated.Computed.UndetectedFlop == UndetectedFlop;

    /// <summary>A rate as statements give it, to a thousandth.</summary>
    public static double Rounded(double rate) => Math.Round(rate, 3, MidpointRounding.AwayFromZero);
}
