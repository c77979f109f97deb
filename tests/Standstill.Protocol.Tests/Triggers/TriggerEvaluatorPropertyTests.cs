using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

public static class TriggerEvaluatorPropertyTests
{
    private static readonly Gen<(Trigger Trigger, ImmutableArray<Chapter> Ledger, int[] Seconds)> Cases =
        Gen.Select(Generated.Triggers, Generated.Ledgers, Gen.Int[0, 250 * 24 * 3600].Array[8]);

    /// <summary>Folds as a ledger does: at every chapter, at every moment that the evaluation itself asked for, and at the extra times.</summary>
    private static IEnumerable<(DateTimeOffset Time, TriggerEvaluation Evaluation)> Fold(
        Trigger trigger, ImmutableArray<Chapter> ledger, IEnumerable<DateTimeOffset> extra)
    {
        var pending = new SortedSet<DateTimeOffset>(ledger.Select(chapter => chapter.From).Concat(extra.Where(time => time >= ledger[0].From)));
        var memory = TriggerMemory.Empty;
        while (pending.Count > 0)
        {
            var time = pending.Min;
            pending.Remove(time);
            var chapter = ledger.Last(chapter => chapter.From <= time);
            var evaluation = TriggerEvaluator.Evaluate(trigger, chapter.Evidence, chapter.PanelVotesRelease, time, memory);
            memory = evaluation.Memory;
            if (evaluation.NextChange is { } next)
            {
                Assert.True(next > time);
                pending.RemoveWhere(asked => asked > time && asked < next && !ledger.Any(c => c.From == asked) && !extra.Contains(asked));
                pending.Add(next);
            }

            yield return (time, evaluation);
        }
    }

    private static string Shown(TriggerEvaluation evaluation) => ExplanationText.Of(evaluation, Generated.Start);

    [Fact]
    public static void It_agrees_with_the_slow_evaluator()
    {
        var counts = new int[3];
        Cases.Hold(
            one =>
            {
                var slow = new SlowEvaluator(one.Trigger, one.Ledger);
                foreach (var (time, evaluation) in Fold(one.Trigger, one.Ledger, one.Seconds.Select(s => Generated.Start.AddSeconds(s))))
                {
                    Assert.Equal(slow.Raw(time), evaluation.Levels.Select(finding => finding.Raw));
                    Assert.Equal(slow.Effective(time), evaluation.Levels.Select(finding => finding.Effective));
                    foreach (var finding in evaluation.Levels)
                    {
                        counts[(int)finding.Raw]++;
                    }
                }
            },
            150);
        Assert.All(counts, count => Assert.True(count > 100, $"too few of one verdict: {string.Join(", ", counts)}"));
    }

    [Fact]
    public static void Evaluating_at_further_times_changes_nothing() =>
        Cases.Hold(
            one =>
            {
                var coarse = Fold(one.Trigger, one.Ledger, []).ToList();
                var fine = Fold(one.Trigger, one.Ledger, one.Seconds.Select(s => Generated.Start.AddSeconds(s))).ToList();
                foreach (var (time, evaluation) in fine)
                {
                    var latest = coarse.Last(step => step.Time <= time).Evaluation;
                    Assert.Equal(latest.Memory, evaluation.Memory);
                    Assert.Equal(latest.NextChange, evaluation.NextChange);
                    Assert.Equal(latest.Levels.Select(f => (f.Raw, f.Effective)), evaluation.Levels.Select(f => (f.Raw, f.Effective)));
                    Assert.Equal(Shown(latest), Shown(evaluation));
                }
            },
            300);

    [Fact]
    public static void Nothing_changes_before_the_next_change_and_asking_twice_gives_the_same() =>
        Cases.Hold(
            one =>
            {
                var chapter = one.Ledger[0];
                var first = TriggerEvaluator.Evaluate(one.Trigger, chapter.Evidence, chapter.PanelVotesRelease, chapter.From, TriggerMemory.Empty);
                foreach (var later in new[] { chapter.From, (first.NextChange ?? chapter.From.AddYears(20)).AddTicks(-1) })
                {
                    var again = TriggerEvaluator.Evaluate(one.Trigger, chapter.Evidence, chapter.PanelVotesRelease, later, first.Memory);
                    Assert.Equal(Shown(first), Shown(again));
                    Assert.Equal(first.Memory, again.Memory);
                    Assert.Equal(first.NextChange, again.NextChange);
                }
            },
            200);

    [Fact]
    public static void An_entry_used_is_an_entry_on_record() =>
        Cases.Hold(
            one =>
            {
                var chapter = one.Ledger[^1];
                var known = chapter.Evidence.Frontier.SelectMany(source => source.Entries).Concat(chapter.Evidence.Indicators.Select(report => report.Entry)).ToHashSet();
                var evaluation = TriggerEvaluator.Evaluate(one.Trigger, chapter.Evidence, chapter.PanelVotesRelease, chapter.From, TriggerMemory.Empty);
                Assert.All(evaluation.Levels.SelectMany(finding => finding.Explanation.Entries), entry => Assert.Contains(entry, known));
            },
            100);
}
