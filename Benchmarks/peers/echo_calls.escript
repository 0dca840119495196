#!/usr/bin/env escript
%%! -hidden
%% One end of Erlang's distribution over mutual TLS 1.3: `gen_server:call` with a binary that is answered as it came.
%%
%%   serve                              serves until it is ended
%%   call PEER SIZE INFLIGHT SECONDS    prints one line of JSON
%%
%% The node's name, the cookie, `-proto_dist inet_tls` and its options (TLS 1.3 alone, certificates of both sides
%% verified) come by ERL_FLAGS.
-mode(compile).
-export([init/1, handle_call/3, handle_cast/2]).

main(["serve"]) ->
    {ok, _} = gen_server:start({local, echo}, ?MODULE, [], []),
    io:format("{\"node\":\"~s\"}~n", [node()]),
    receive stop -> ok end;
main(["call", Peer, Size, Inflight, Seconds]) ->
    Node = list_to_atom(Peer),
    true = net_kernel:connect_node(Node),
    measure({echo, Node}, list_to_integer(Size), list_to_integer(Inflight), list_to_integer(Seconds)).

measure(Server, Size, Inflight, Seconds) ->
    Payload = binary:copy(<<7>>, Size),
    Begin = erlang:monotonic_time(nanosecond) + 1000000000,
    End = Begin + Seconds * 1000000000,
    Self = self(),
    [spawn_link(fun() -> Self ! {times, loop(Server, Payload, Begin, End, [])} end) || _ <- lists:seq(1, Inflight)],
    Times = lists:sort(lists:append([receive {times, Some} -> Some end || _ <- lists:seq(1, Inflight)])),
    Calls = length(Times),
    io:format("{\"calls\":~w,\"seconds\":~w,\"size\":~w,\"inflight\":~w,\"callsPerSecond\":~w,"
              "\"p50Microseconds\":~w,\"p99Microseconds\":~w}~n",
              [Calls, Seconds, Size, Inflight, Calls div Seconds, share(Times, Calls, 0.5), share(Times, Calls, 0.99)]).

loop(Server, Payload, Begin, End, Times) ->
    Before = erlang:monotonic_time(nanosecond),
    case Before < End of
        false -> Times;
        true ->
            Payload = gen_server:call(Server, Payload, 30000),
            After = erlang:monotonic_time(nanosecond),
            case After >= Begin andalso After < End of
                true -> loop(Server, Payload, Begin, End, [After - Before | Times]);
                false -> loop(Server, Payload, Begin, End, Times)
            end
    end.

share(Times, Calls, Share) -> lists:nth(min(Calls, trunc(Calls * Share) + 1), Times) / 1000.

init([]) -> {ok, none}.
handle_call(Payload, _From, State) -> {reply, Payload, State}.
handle_cast(_, State) -> {noreply, State}.
