using System.Diagnostics;
using System.Diagnostics.Metrics;
using Standstill.Protocol;

namespace Standstill.Node.Notices;

/// <summary>Tells each subscription what it wants to hear: in order, at least once, each at its own pace.</summary>
/// <remarks>Nothing waits for this: it reads what is published. It keeps no queue: what is still to be told follows from the ledger and from
/// how far the subscription has been told, so that a receiver that is away for long costs no memory. One that does not answer is given up
/// after a while, and is told from where it stopped once the node starts again.</remarks>
internal sealed class Deliveries(
    NoticeSettings settings, DeliveryBook book, Sequencer sequencer, WebhookSender webhooks, MailSender mails, TimeProvider clock, IMeterFactory meters, ILogger<Deliveries> log)
    : BackgroundService, IAsyncDisposable
{
    // Most notices that are derived at once for one subscription.
    private const int Batch = 64;

    private readonly Counter<long> counted = meters.Create(NodeMetrics.MeterName).CreateCounter<long>(
        "standstill.notices", description: "Attempts to deliver a notice, by subscription and what became of them.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Subscriptions.Select(s => Task.Run(() => TellAsync(s, stoppingToken), CancellationToken.None)));

    /// <summary>Ends once nothing is written any more: who disposes of the node may move its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Dispose();
    }

    private async Task TellAsync(Subscription subscription, CancellationToken stopping)
    {
        try
        {
            var place = book[subscription.Name];
            while (true)
            {
                // INVARIANT (awake): taken before the world is read, so that what is published in between is not slept through.
                var published = sequencer.Published;
                var world = sequencer.Current.World;
                var further = PactNotices.After(world, place, subscription.WantsAbout, Batch);
                foreach (var notice in further)
                {
                    if (subscription.Wants(notice))
                    {
                        if (!await DeliverAsync(subscription, notice, world, stopping))
                        {
                            return;
                        }

                        book.Told(subscription.Name, notice.Position);
                    }

                    place = notice.Position;
                }

                if (further.Count < Batch)
                {
                    place = NoticePosition.After(world);
                    await published.WaitAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not told is told after the next start.
        }
        catch (IOException e)
        {
            log.LogError("`{Subscription}` is told no further: {Reason}; make room on the disk and start the node again", subscription.Name, e.Message);
        }
#pragma warning disable CA1031 // Notices must not end a node that keeps a ledger: this subscription ends, and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogCritical(e, "`{Subscription}` is told no further", subscription.Name);
        }
    }

    /// <summary>Whether the receiver has the notice, in the end.</summary>
    private async Task<bool> DeliverAsync(Subscription subscription, Notice notice, World world, CancellationToken stopping)
    {
        var begun = clock.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            var delivery = subscription.Route switch
            {
                Route.Webhook webhook => await webhooks.SendAsync(webhook, notice, world, settings.Site, stopping),
                Route.Mail mail => await mails.SendAsync(mail, notice, world, settings.Site, subscription.Name, stopping),
                _ => throw new UnreachableException(),
            };
            stopping.ThrowIfCancellationRequested();
            switch (delivery)
            {
                case Delivery.Taken:
                    Count(subscription, "taken");
                    return true;
                case Delivery.Failed failed when clock.GetElapsedTime(begun) + settings.Patience.After(failures) < settings.Patience.GivesUpAfter:
                    Count(subscription, "failed");
                    var wait = settings.Patience.After(failures);
                    log.LogWarning("`{Subscription}` has not taken {Notice}: {Why}; the next attempt comes in {Wait}", subscription.Name, notice.Id, failed.Why, wait);
                    await Task.Delay(wait, clock, stopping);
                    break;
                case Delivery.Failed failed:
                    GiveUp(subscription, notice, failed.Why);
                    return false;
                case Delivery.Unwanted unwanted:
                    GiveUp(subscription, notice, unwanted.Why);
                    return false;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private void GiveUp(Subscription subscription, Notice notice, string why)
    {
        Count(subscription, "given-up");
        log.LogError(
            "`{Subscription}` is given up at {Notice}: {Why}; mend the receiver and start the node again, and it is told from there, or take it out of the file",
            subscription.Name, notice.Id, why);
    }

    private void Count(Subscription subscription, string result) =>
        counted.Add(1, new KeyValuePair<string, object?>("subscription", subscription.Name), new KeyValuePair<string, object?>("result", result));
}
