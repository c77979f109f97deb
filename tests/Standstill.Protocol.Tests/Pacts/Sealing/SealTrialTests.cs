using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

public sealed class SealTrialTests
{
    private static readonly Trustees TwoOfThree = Vectors.TrusteesOf(2, 3);

    [Fact]
    public void Those_who_would_be_bound_are_opened_and_the_others_stay_sealed()
    {
        var trial = Hold([
            Vectors.Word("sample-ash", "all of sample-birch"),
            Vectors.Word("sample-birch", "all of sample-ash"),
            Vectors.Word("sample-cedar", "all of sample-dogwood"),
            new SealContent.Decoy(),
        ]);

        Assert.Equal([0L, 1L], trial.Openings.Select(o => o.Entry.Value));
        Assert.IsType<SealVerdict.Waits>(trial.Findings[2].Verdict);
        Assert.IsType<SealVerdict.Nothing>(trial.Findings[3].Verdict);
    }

    [Fact]
    public void When_nobody_would_be_bound_nothing_is_opened()
    {
        var trial = Hold([Vectors.Word("sample-ash", "all of sample-birch"), Vectors.Word("sample-birch", "all of sample-cedar")]);

        Assert.Empty(trial.Openings);
        Assert.Empty(trial.Coalition.Members);
    }

    // What everybody can then check: the opened ones alone, with the public ones, are a coalition. Nothing sealed is needed for it.
    [Fact]
    public void The_opened_ones_are_bound_without_those_who_stay_sealed()
    {
        string[] names = ["sample-ash", "sample-birch", "sample-cedar", "sample-dogwood", "sample-elm"];
        var texts = Gen.Select(Gen.Int[1, 3], Gen.Shuffle(names)).Select((k, list) => $"at least {k} of {string.Join(", ", list.Take(3))}").Array[5];
        texts.Sample(
            conditions =>
            {
                var trial = Hold([.. conditions.Select((c, i) => Vectors.Word(names[i], c))]);
                var opened = trial.Openings.Select(o => (int)o.Entry.Value);
                var alone = Coalition.Largest(opened.Select(i => new Commitment(new PartyId(names[i]), Condition.Parse(conditions[i]).OrThrow(), default)), ComputeShares.None);
                return alone.Members.SetEquals(opened.Select(i => new PartyId(names[i])))
                    && trial.Coalition.Members.SetEquals(alone.Members);
            }, seed: "0000KOIPe036", iter: 100);
    }

    [Fact]
    public void A_public_commitment_counts_in_a_trial_and_goes_before_a_sealed_one_of_the_same_party()
    {
        var standing = new Commitment(new PartyId("sample-birch"), Condition.Parse("all of sample-ash").OrThrow(), default);

        var trial = Hold([Vectors.Word("sample-ash", "all of sample-birch"), Vectors.Word("sample-birch", "always")], standing: [standing]);

        Assert.Equal([0L], trial.Openings.Select(o => o.Entry.Value));
        Assert.IsType<SealVerdict.Public>(trial.Findings[1].Verdict);
        Assert.Equal(2, trial.Coalition.Members.Count);
    }

    [Fact]
    public void Of_a_party_s_slips_the_highest_number_counts_wherever_it_stands()
    {
        var trial = Hold([Vectors.Word("sample-ash", "all of sample-birch", 2), Vectors.Word("sample-ash", "always", 1)]);

        Assert.Empty(trial.Openings);
        Assert.IsType<SealVerdict.Waits>(trial.Findings[0].Verdict);
        Assert.Equal(new SealVerdict.Overtaken(new PartyId("sample-ash"), new EntryIndex(0)), trial.Findings[1].Verdict);
    }

    [Fact]
    public void A_slip_that_is_relayed_twice_counts_once()
    {
        var trial = Hold([Vectors.Word("sample-ash", "always"), Vectors.Word("sample-ash", "always")]);

        Assert.Equal([0L], trial.Openings.Select(o => o.Entry.Value));
    }

    [Fact]
    public void A_party_takes_its_slip_back_under_seal_and_nobody_sees_that()
    {
        var trial = Hold([Vectors.Word("sample-ash", "always"), Vectors.Word("sample-ash", null, 2)]);

        Assert.Empty(trial.Openings);
        Assert.IsType<SealVerdict.TakenBack>(trial.Findings[1].Verdict);
    }

    [Fact]
    public void Nobody_overtakes_another_s_slip_with_a_key_that_is_not_its()
    {
        using var thief = Vectors.SignerOf("thief");
        var slip = new Slip(Vectors.Registry, Vectors.Pact, new PartyId("sample-ash"), thief.PublicKey, 9, Vectors.Until, null);

        var trial = Hold([Vectors.Word("sample-ash", "always"), new SealContent.Word(slip.Sign(thief))]);

        Assert.Equal([0L], trial.Openings.Select(o => o.Entry.Value));
        Assert.Contains("is not a governance key of sample-ash", Assert.IsType<SealVerdict.Unusable>(trial.Findings[1].Verdict).Why.Message);
    }

    [Fact]
    public void A_slip_is_opened_until_its_last_moment_and_not_after()
    {
        SealContent[] sealedOnes = [Vectors.Word("sample-ash", "always")];

        Assert.Single(Hold(sealedOnes, at: Vectors.Until).Openings);
        Assert.IsType<SealVerdict.Unusable>(Hold(sealedOnes, at: Vectors.Until.AddMilliseconds(1)).Findings[0].Verdict);
    }

    [Fact]
    public void A_slip_whose_text_cannot_be_read_holds_nobody_up()
    {
        var trial = Hold([Vectors.Word("sample-ash", "if it rains"), Vectors.Word("sample-birch", "always")]);

        Assert.IsType<SealVerdict.Unusable>(trial.Findings[0].Verdict);
        Assert.Equal([1L], trial.Openings.Select(o => o.Entry.Value));
    }

    [Fact]
    public void One_trustee_of_two_opens_nothing_and_a_false_share_is_laid_at_its_bearer_s_door()
    {
        SealedEntry[] entries = [.. new[] { "sample-ash", "sample-birch" }.Select((p, i) => new SealedEntry(new EntryIndex(i), Vectors.Seal(TwoOfThree, Vectors.Word(p, "always"), i).Sealed))];
        var maple = Brought("sample-maple", entries);
        var oak = Brought("sample-oak", entries);

        var alone = Hold(entries, [maple]);
        var posing = Hold(entries, [maple, oak with { Shares = maple.Shares }]);

        Assert.All(alone.Findings, f => Assert.IsType<SealRecovery.TooFew>(f.Recovery));
        Assert.All(posing.Findings, f => Assert.Equal("sample-oak", Assert.Single(Assert.IsType<SealRecovery.TooFew>(f.Recovery).Altered).Value));
        Assert.All(posing.Findings, f => Assert.IsType<SealVerdict.Closed>(f.Verdict));
    }

    [Fact]
    public void An_opening_is_refused_of_a_decoy_a_stranger_s_key_a_taking_back_and_a_slip_that_is_too_old()
    {
        Assert.Equal("", Why(Vectors.Word("sample-ash", "always"), Vectors.Until));
        Assert.Equal("slip.until", Why(Vectors.Word("sample-ash", "always"), Vectors.Until.AddMilliseconds(1)));
        Assert.Equal("slip.commitment", Why(Vectors.Word("sample-ash", null), Vectors.Until));
        Assert.Equal("content", Why(new SealContent.Decoy(), Vectors.Until));
        Assert.Equal("slip.key", Why(Vectors.Word("sample-birch", "always"), Vectors.Until));

        static string Why(SealContent content, DateTimeOffset at) =>
            OpenedSlip.Check(content, at, (_, key) => key == Vectors.KeyOf("sample-ash")) is { IsGood: false } bad ? Assert.Single(bad.Faults).Place : "";
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 16)]
    [InlineData(1000, 1024)]
    public void A_coarse_count_is_a_power_of_four_above(long entries, long bound) => Assert.Equal(bound, SealedCount.AtMost(entries));

    private static SealTrial Hold(SealContent[] contents, ImmutableArray<Commitment> standing = default, DateTimeOffset? at = null)
    {
        SealedEntry[] entries = [.. contents.Select((c, i) => new SealedEntry(new EntryIndex(i), Vectors.Seal(TwoOfThree, c, i).Sealed))];
        return Hold(entries, [Brought("sample-oak", entries), Brought("sample-pine", entries)], standing, at);
    }

    private static SealTrial Hold(SealedEntry[] entries, TrusteeShares[] brought, ImmutableArray<Commitment> standing = default, DateTimeOffset? at = null) => SealTrial.Hold(
        Vectors.Registry, Vectors.Pact, entries, brought, standing.IsDefault ? [] : standing, PartyFacts.None, at ?? Vectors.Until,
        (party, key) => Vectors.KeyOf(party.Value) == key,
        (slip, entry) => Condition.Parse(slip.Commitment!) is { IsGood: true } read
            ? Parsed<Commitment>.Good(new Commitment(slip.Party, read.Value, entry))
            : Parsed<Commitment>.Bad(Condition.Parse(slip.Commitment!).Faults));

    private static TrusteeShares Brought(string trustee, SealedEntry[] entries) =>
        new(new PartyId(trustee), entries.ToImmutableSortedDictionary(e => e.Entry, e => e.Sealed.ShareOf(trustee).Value));
}
