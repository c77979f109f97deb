using Standstill.Model;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>The rules of a pact's life, by themselves: every state that the small worlds of the model can reach is looked at.</summary>
public sealed class PactLifeInvariantTests
{
    private static readonly Lazy<IReadOnlyList<(LifeWorld World, LifeExploration Seen)>> Explored = new(() =>
        [.. LifeWorlds.OfThree.Concat(LifeWorlds.OfFour).Select(w => (w, LifeExploration.Of(w, LifeClaims.All)))]);

    [Fact]
    public void Every_world_is_seen_whole() => Assert.All(Explored.Value, e => Assert.True(e.Seen.IsComplete));

    [Fact]
    public void No_state_binds_some_without_those_they_relied_on()
    {
        Holds(LifeClaims.NobodyIsBoundWithoutThoseItReliedOn);
        Holds(LifeClaims.NobodyIsPledgedToLessThanItAsked);
    }

    [Fact]
    public void The_stage_says_who_is_pledged_and_who_is_bound() => Holds(LifeClaims.TheStageSaysWhoIsBound);

    [Fact]
    public void By_time_alone_every_waiting_ends() =>
        Assert.All(Explored.Value, e => Assert.Null(LifeInTime.EveryWaitingEnds(e.Seen).Fault));

    [Fact]
    public void Anybody_comes_to_be_free_by_its_own_acts_and_time() => Holds(LifeClaims.AnybodyCanComeToBeFree);

    [Fact]
    public void When_all_commit_and_confirm_and_the_trigger_is_met_the_pause_comes_into_force() =>
        Assert.All(LifeWorlds.OfThree.Concat(LifeWorlds.OfFour).Append(LifeWorlds.Everything), world =>
        {
            var life = PactLifeModel.Opened(world);
            IEnumerable<int> all = Enumerable.Range(0, world.Parties);
            foreach (LifeEvent happens in (IEnumerable<LifeEvent>)
            [
                .. all.Select(p => new LifeEvent(LifeEventKind.Commit, p, world.WishesOf[p][0])),
                new LifeEvent(LifeEventKind.Pause),
                .. all.Select(p => new LifeEvent(LifeEventKind.Ready, p)),
            ])
            {
                life = PactLifeModel.After(world, life, happens) ?? life;
            }

            life = PactLifeModel.AfterDays(world, life, world.Terms.Notice);

            Assert.Equal(LifeStage.InForce, life.Stage);
            Assert.Equal((1 << world.Parties) - 1, life.Bound);
        });

    [Fact]
    public void Every_allegation_ends_by_time_alone() =>
        Assert.All(Explored.Value.Where(e => e.World.Terms.Rulings > 0), e => Assert.Null(LifeInTime.EveryAllegationEnds(e.Seen, e.World.Terms)));

    [Fact]
    public void A_party_that_has_left_keeps_nobody_bound() => Holds(LifeClaims.WhoHasLeftKeepsNobodyBound);

    [Fact]
    public void Binding_is_simultaneous_and_nobody_is_bound_that_has_not_confirmed() => Holds(LifeClaims.BindingIsSimultaneous);

    [Fact]
    public void Time_that_passes_in_several_steps_leads_where_it_leads_in_one() => Holds(LifeClaims.TimeIsOne);

    [Fact]
    public void Another_commitment_frees_nobody() => Holds(LifeClaims.AnotherCommitmentFreesNobody);

    [Fact]
    public void Nobody_goes_round_probation() => Holds(LifeClaims.NobodyGoesRoundProbation);

    [Fact]
    public void Who_confirmed_and_dropped_out_is_not_put_on_probation() => Holds(LifeClaims.WhoConfirmedIsNotPutOnProbation);

    [Fact]
    public void Nobody_is_rid_of_a_case_by_being_freed() => Holds(LifeClaims.NobodyShedsACase);

    [Fact]
    public void Nobody_leaves_a_pause_by_being_absorbed() => Holds(LifeClaims.NobodyEscapesByAMerger);

    [Fact]
    public void Names_do_not_matter_which_is_why_states_may_be_taken_as_one_under_renaming() =>
        Assert.All(LifeWorlds.OfThree.Concat(LifeWorlds.OfFour).Where(w => w.Renamings.Count > 0), world =>
        {
            // Swaps of two make all renamings.
            LifeClaim claim = LifeClaims.NamesDoNotMatter([.. world.Renamings.Where(r => r.Where((to, from) => to != from).Count() == 2)]);
            Assert.Null(LifeExploration.Of(world with { Renamings = [] }, [claim], most: 60_000).Faults.GetValueOrDefault(claim));
        });

    [Fact]
    public void In_the_world_of_everything_all_claims_hold()
    {
        bool isDeep = Environment.GetEnvironmentVariable("PACT_MODEL") == "deep";
        LifeExploration everything = LifeExploration.Of(LifeWorlds.Everything, LifeClaims.All, isDeep ? int.MaxValue : 300_000);

        Assert.Empty(everything.Faults.Values);
        if (isDeep)
        {
            Assert.True(everything.IsComplete);
            Assert.Null(LifeInTime.EveryWaitingEnds(everything).Fault);
            Assert.Null(LifeInTime.EveryAllegationEnds(everything, LifeWorlds.Everything.Terms));
        }
    }

    [Fact]
    public void The_document_tells_what_the_exploration_saw()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Standstill.slnx")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("the tests run within the repository");
        }

        string document = File.ReadAllText(Path.Combine(root, "docs", "protocol", "pact-model.md"));
        string table = string.Join('\n', Explored.Value.Select(e => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"| {e.World.Name} | {e.World.Parties} | {e.Seen.States:N0} | {e.Seen.Edges:N0} | {LifeInTime.EveryWaitingEnds(e.Seen).Days} |")));

        Assert.True(document.Contains(table, StringComparison.Ordinal), $"the table is:\n{table}");
    }

    private static void Holds(LifeClaim claim) => Assert.All(Explored.Value, e => Assert.Null(e.Seen.Faults.GetValueOrDefault(claim)));
}
