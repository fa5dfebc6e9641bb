"""What goes wrong during a run: one fault after the other, by chance, each with its end."""
import os
import random
import signal
import time


class Nemesis:
    """Hurts a harness.Cluster of three brokers (ids 1 to 3) and its controllers (ids from 9001 on), and makes it whole again.

    Never more than one broker is hurt at a time, but for `kill_all`: with min.insync.replicas=2 of 3, what is acknowledged
    is on a broker that isn't. A disk is not synced before records are acknowledged, as with Kafka: a process that is killed
    loses nothing that it has written.
    """

    BROKERS = (1, 2, 3)

    def __init__(self, cluster, has_processes, controllers, seed, say=print):
        self.controllers = [9000 + number for number in range(1, controllers + 1)]
        self.cluster, self.has_processes, self.random, self.say = cluster, has_processes, random.Random(seed), say
        self.counts = {}
        self.acts = [self.kill, self.kill, self.restart, self.pause, self.pause, self.cut_link, self.isolate, self.cut_controller, self.slow_link,
                     self.lossy_link, self.closing_link, self.refuse_requests, self.kill_all, self.kill_controller, self.fill_disk]
        if controllers > 1:
            self.acts += [self.pause_controller, self.isolate_controller, self.kill_most_controllers]

    def service(self, broker):
        return f"controller-{broker - 9000}" if broker in self.controllers else f"broker-{broker}"

    def state(self, broker):
        return next(each for each in self.cluster.services() if each["service"] == self.service(broker))

    def wait_for(self, broker, *states):
        end = time.monotonic() + 60
        while self.state(broker)["state"] not in states:
            assert time.monotonic() < end, f"{self.service(broker)} is {self.state(broker)}, not {states}"
            time.sleep(0.05)

    def rule(self, *arguments):
        self.cluster.ctl("fault", "-p", self.cluster.name, "add", *map(str, arguments))

    def heal(self):
        self.cluster.ctl("fault", "-p", self.cluster.name, "heal")

    def lasting(self, least, most):
        time.sleep(self.random.uniform(least, most))

    def die(self, broker):
        if self.has_processes:
            os.kill(self.state(broker)["pid"], signal.SIGKILL)
            self.wait_for(broker, "killed")
        else:
            self.cluster.kill(self.service(broker))

    # Acts: each gets a broker, hurts it, and makes it whole.
    def kill(self, broker):
        self.die(broker)
        self.lasting(0, 6)
        self.cluster.start(self.service(broker))

    def restart(self, broker):
        self.cluster.stop(self.service(broker))
        self.lasting(0, 3)
        self.cluster.start(self.service(broker))

    def pause(self, broker):
        self.cluster.ctl("pause", "-p", self.cluster.name, self.service(broker))
        self.lasting(0.5, 9)  # the session ends after three seconds
        self.cluster.ctl("unpause", "-p", self.cluster.name, self.service(broker))

    def link(self, broker, action, *more):
        other = self.random.choice([each for each in self.BROKERS if each != broker])
        self.rule("--link", f"{broker}-{other}", action, *more)

    def cut_link(self, broker):
        self.link(broker, "--cut")
        self.lasting(1, 12)
        self.heal()

    def isolate(self, broker):
        for other in (*self.BROKERS, *self.controllers):
            if other != broker:
                self.rule("--link", f"{broker}-{other}", "--cut")
        self.lasting(1, 10)  # clients still reach it
        self.heal()

    def cut_controller(self, broker):
        for controller in self.controllers:
            self.rule("--link", f"{broker}-{controller}", "--cut")
        self.lasting(1, 8)
        self.heal()

    def slow_link(self, broker):
        self.link(broker, "--delay", self.random.randrange(20, 800))
        self.lasting(1, 6)
        self.heal()

    def lossy_link(self, broker):
        self.link(broker, "--drop", "--count", self.random.randrange(1, 4))
        self.lasting(1, 6)
        self.heal()

    def closing_link(self, broker):
        self.link(broker, "--close", "--count", self.random.randrange(1, 30))
        self.lasting(1, 4)
        self.heal()

    def refuse_requests(self, broker):
        self.rule("--api", "Produce", "--broker", broker, *self.random.choice(
            [("--error", "NOT_LEADER_OR_FOLLOWER"), ("--error", "NOT_ENOUGH_REPLICAS"), ("--drop",), ("--duplicate",), ("--close",), ("--delay", 300)]))
        self.lasting(1, 4)
        self.heal()

    def kill_all(self, _):
        for broker in self.BROKERS:
            self.die(broker)
        for broker in self.random.sample(self.BROKERS, 3):
            self.cluster.start(self.service(broker))

    def kill_controller(self, broker):
        controller = self.random.choice(self.controllers)
        self.die(controller)
        if self.random.random() < 0.3:
            self.die(broker)
        self.lasting(0, 3)
        self.cluster.start(self.service(controller))
        if self.state(broker)["state"] == "killed":
            self.cluster.start(self.service(broker))

    def pause_controller(self, _):
        service = self.service(self.random.choice(self.controllers))
        self.cluster.ctl("pause", "-p", self.cluster.name, service)
        self.lasting(0.5, 6)
        self.cluster.ctl("unpause", "-p", self.cluster.name, service)

    def isolate_controller(self, _):
        controller = self.random.choice(self.controllers)
        for other in self.controllers:
            if other != controller:
                self.rule("--link", f"{controller}-{other}", "--cut")
        self.lasting(1, 6)  # brokers still reach it
        self.heal()

    def kill_most_controllers(self, broker):
        """Without a majority nothing is decided, not even that a broker is dead; what has its leaders goes on."""
        dead = self.random.sample(self.controllers, len(self.controllers) // 2 + 1)
        for controller in dead:
            self.die(controller)
        if self.random.random() < 0.3:
            self.die(broker)
        self.lasting(0.5, 4)
        for controller in dead:
            self.cluster.start(self.service(controller))
        if self.state(broker)["state"] == "killed":
            self.cluster.start(self.service(broker))

    def fill_disk(self, broker):
        self.rule("--broker", broker, "--disk-full")
        self.wait_for(broker, "failed")
        self.heal()
        self.wait_for_process_end(broker)
        self.cluster.start(self.service(broker))

    def wait_for_process_end(self, broker):
        end = time.monotonic() + 30
        while self.has_processes and self.state(broker)["pid"] != 0:
            assert time.monotonic() < end, f"the process of {self.service(broker)} does not end"
            time.sleep(0.05)

    def rage(self, seconds):
        """Each kind of fault once in an order by chance, then again, until the time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for act in self.random.sample(self.acts, len(self.acts)):
                if time.monotonic() > end:
                    break
                broker = self.random.choice(self.BROKERS)
                name = act.__name__.replace("_", " ")
                self.say(f"{seconds - (end - time.monotonic()):6.1f} s  {name}, broker {broker}")
                act(broker)
                self.counts[name] = self.counts.get(name, 0) + 1
                self.lasting(0.5, 2)
