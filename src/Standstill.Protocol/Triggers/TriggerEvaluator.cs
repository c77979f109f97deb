using System.Collections.Immutable;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Triggers;

/// <summary>Answers a trigger from evidence, as of a time.</summary>
/// <remarks>
/// <para>Pure: it reads no clock. Whoever folds a ledger evaluates at every entry that changes the evidence or a vote, and before that at
/// every <see cref="TriggerEvaluation.NextChange"/> that has passed since; evaluating at further times changes nothing.</para>
/// <para>Conditions are joined by Kleene's strong three-valued logic. A count of labs looks at the labs on which there is evidence of a
/// kind that the condition asks for: met when it is met at enough of them; undetermined when they are fewer than the count demands, for
/// silence is no "not met"; not met when it could not be reached were every undetermined lab met.</para>
/// <para>What "sustained" means across gaps in the evidence is said at <see cref="SustainedRun"/>. A comparison that is met and has not
/// lasted is not met, with the time at which it will have lasted.</para>
/// <para>A figure's age is counted from 00:00 UTC of its day; one of a day to come is fresh: admission refuses those.</para>
/// </remarks>
public static class TriggerEvaluator
{
    /// <summary>Evaluates a trigger.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="evidence">All evidence on record.</param>
    /// <param name="panelVotesRelease">Whether the panel's vote for release is carried.</param>
    /// <param name="asOf">The time; not before that of the evaluation which gave the memory.</param>
    /// <param name="memory">The memory of the last evaluation of the same version of the trigger.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time lies before a run in the memory began.</exception>
    public static TriggerEvaluation Evaluate(
        Trigger trigger, Evidence evidence, bool panelVotesRelease, DateTimeOffset asOf, TriggerMemory memory)
    {
        if (memory.Runs.Values.Any(run => run.MetSince > asOf))
        {
            throw new ArgumentOutOfRangeException(nameof(asOf), asOf, "time does not go back");
        }

        var pass = new Pass(trigger.Evidence, evidence, panelVotesRelease, asOf, memory.Runs);
        var last = memory.Last;
        var findings = ImmutableArray.CreateBuilder<LevelFinding>(trigger.Levels.Length);
        foreach (var (level, condition) in trigger.Levels)
        {
            var explanation = pass.Level(level, condition);
            var raw = explanation.Verdict;
            last = raw == Verdict.Undetermined ? last : last.SetItem(level, raw);
            findings.Add(new LevelFinding(level, raw, Effective(raw, trigger.Undetermined, last.GetValueOrDefault(level, Verdict.Undetermined)), explanation));
        }

        return new TriggerEvaluation(findings.MoveToImmutable(), new TriggerMemory(pass.Runs(), last), pass.NextChange);
    }

    private static Verdict Effective(Verdict raw, WhenUndetermined rule, Verdict last) => (raw, rule) switch
    {
        (not Verdict.Undetermined, _) => raw,
        (_, WhenUndetermined.CountsAsMet) => Verdict.Met,
        (_, WhenUndetermined.CountsAsNotMet) => Verdict.NotMet,
        _ => last,
    };

    /// <summary>One evaluation: walks every atom, whether or not the verdict needs it, since runs go on unseen.</summary>
    private sealed class Pass(
        EvidenceClause clause,
        Evidence evidence,
        bool panelVotesRelease,
        DateTimeOffset asOf,
        ImmutableSortedDictionary<SustainedKey, SustainedRun> before)
    {
        private readonly ImmutableSortedDictionary<SustainedKey, SustainedRun>.Builder runs = before.ToBuilder();
        private readonly HashSet<SustainedKey> seen = [];

        public DateTimeOffset? NextChange { get; private set; }

        public Explanation Level(TriggerLevel level, Condition condition)
        {
            var atom = 0;
            return Walk(condition, level, lab: null, ref atom);
        }

        /// <summary>The runs after this evaluation. One whose lab is no longer reported on is in a gap.</summary>
        public ImmutableSortedDictionary<SustainedKey, SustainedRun> Runs()
        {
            foreach (var (key, run) in before)
            {
                if (!seen.Contains(key))
                {
                    runs[key] = run.Suspend(asOf);
                }
            }

            return runs.ToImmutable();
        }

        private Explanation Walk(Condition condition, TriggerLevel level, PartyId? lab, ref int atom)
        {
            switch (condition)
            {
                case Condition.And and:
                    return Joined(and, and.Terms, verdicts => verdicts.Min(), level, lab, ref atom);
                case Condition.Or or:
                    return Joined(or, or.Terms, verdicts => verdicts.Max(), level, lab, ref atom);
                case Condition.AtLabs labs:
                    return Labs(labs, level, ref atom);
                case Condition.Compare compare:
                    return Compare(compare, new SustainedKey(level, atom++, lab));
                default:
                    atom++;
                    return new Explanation.Panel(
                        TriggerFormatter.Format(condition), panelVotesRelease ? Verdict.Met : Verdict.NotMet, new Reason.PanelVote());
            }
        }

        private Explanation.Combined Joined(
            Condition condition,
            ImmutableArray<Condition> terms,
            Func<IEnumerable<Verdict>, Verdict> join,
            TriggerLevel level,
            PartyId? lab,
            ref int atom)
        {
            var parts = ImmutableArray.CreateBuilder<Explanation>(terms.Length);
            foreach (var term in terms)
            {
                parts.Add(Walk(term, level, lab, ref atom));
            }

            return new Explanation.Combined(
                TriggerFormatter.Format(condition), join(parts.Select(part => part.Verdict)), new Reason.FromParts(), parts.MoveToImmutable());
        }

        private Explanation.Labs Labs(Condition.AtLabs labs, TriggerLevel level, ref int atom)
        {
            var kinds = labs.Inner.Atoms().OfType<Condition.Compare>().Select(compare => compare.Indicator).OfType<Indicator.OfLab>()
                .Select(indicator => indicator.Kind).ToHashSet();
            var findings = ImmutableArray.CreateBuilder<LabFinding>();
            var first = atom;
            foreach (var lab in evidence.Indicators.Where(report => kinds.Contains(report.Kind)).Select(report => report.Lab).Distinct().Order())
            {
                atom = first;
                findings.Add(new LabFinding(lab, Walk(labs.Inner, level, lab, ref atom)));
            }

            atom = first + labs.Inner.Atoms().Count();
            var met = findings.Count(finding => finding.Explanation.Verdict == Verdict.Met);
            var open = findings.Count(finding => finding.Explanation.Verdict == Verdict.Undetermined);
            var (verdict, reason) = findings.Count switch
            {
                0 => (Verdict.Undetermined, new Reason.NoEvidence()),
                var have when have < labs.Count => (Verdict.Undetermined, new Reason.TooFewLabs(have, labs.Count)),
                _ when met >= labs.Count => (Verdict.Met, new Reason.FromParts()),
                _ when met + open < labs.Count => (Verdict.NotMet, new Reason.FromParts()),
                _ => (Verdict.Undetermined, (Reason)new Reason.FromParts()),
            };
            return new Explanation.Labs(TriggerFormatter.Format(labs), verdict, reason, findings.ToImmutable());
        }

        private Explanation Compare(Condition.Compare atom, SustainedKey key)
        {
            var candidates = Candidates(atom.Indicator, key.Lab).ToList();
            foreach (var candidate in candidates)
            {
                Await(ComparisonEvaluator.StaleFrom(candidate.Date, clause.OldestDays));
            }

            var answer = ComparisonEvaluator.Answer(atom, candidates, clause, asOf);
            return atom.SustainedDays is { } days ? Sustained(atom, key, days, answer) : answer;
        }

        private Explanation.Sustained Sustained(Condition.Compare atom, SustainedKey key, int days, Explanation.Compared answer)
        {
            seen.Add(key);
            var text = TriggerFormatter.Format(atom);
            switch (answer.Verdict)
            {
                case Verdict.NotMet:
                    runs.Remove(key);
                    return new Explanation.Sustained(text, Verdict.NotMet, new Reason.FromParts(), Run: null, answer);
                case Verdict.Undetermined:
                    var suspended = runs.GetValueOrDefault(key)?.Suspend(asOf);
                    if (suspended is not null)
                    {
                        runs[key] = suspended;
                    }

                    return new Explanation.Sustained(text, Verdict.Undetermined, new Reason.FromParts(), suspended, answer);
                default:
                    var run = (runs.GetValueOrDefault(key) ?? new SustainedRun(TimeSpan.Zero, null)).Continue(asOf);
                    runs[key] = run;
                    var missing = TimeSpan.FromDays(days) - run.Length(asOf);
                    if (missing <= TimeSpan.Zero)
                    {
                        return new Explanation.Sustained(text, Verdict.Met, new Reason.Settled(), run, answer);
                    }

                    var until = asOf.ToUniversalTime() + missing;
                    Await(until);
                    return new Explanation.Sustained(text, Verdict.NotMet, new Reason.NotYetSustained(until), run, answer);
            }
        }

        private IEnumerable<Candidate> Candidates(Indicator indicator, PartyId? lab) => indicator switch
        {
            Indicator.FrontierHorizon { Percent: 50 } => Frontier(source => source.Estimate.Value.Horizon50),
            Indicator.FrontierHorizon => Frontier(source => source.Estimate.Value.Horizon80),
            Indicator.DoublingTime doubling => Frontier(source => source.Estimate.Value.DoublingTime(doubling.Since)),
            Indicator.OfLab ofLab => evidence.Indicators
                .Where(report => report.Lab == lab && report.Kind == ofLab.Kind)
                .Select(report => new Candidate(report.Source, report.Measured, [report.Entry], () => report.Figure)),
            _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "not an indicator"),
        };

        private IEnumerable<Candidate> Frontier(Func<FrontierSource, IndicatorDistribution> figure) =>
            evidence.Frontier.Select(source => new Candidate(source.Source, source.Latest, source.Entries, () => figure(source)));

        private void Await(DateTimeOffset? time)
        {
            if (time > asOf && !(NextChange <= time))
            {
                NextChange = time;
            }
        }
    }
}
